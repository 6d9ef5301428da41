/** Text of somebody who wants to act on the terminal that shows it, or to be taken for another text: a style, a title
 *  (OSC), a C1 sequence, bidi, what nobody sees, and controls. Short enough for every label. */
export const HOSTILE =
  "enemy\u001b[5m\u001b]0;t\u0007\u009b2J\u202e\u2066\u200b\u00ad\u{e0041}\u2028\u0085\u007f\b\r\n\t!";
const MARK = "enemy";

/** What a reader cannot see or what acts on a terminal, but newline and tab. */
const HIDDEN = /(?![\n\t])[\p{Cc}\p{Cf}\p{Cs}\p{Zl}\p{Zp}\p{Default_Ignorable_Code_Point}]/gu;
/** What commands write on purpose: looks but blinking and concealed, and a line of progress in place of the one before. */
const OF_COMMANDS =
  // biome-ignore lint/suspicious/noControlCharactersInRegex: it is how they begin
  /\u001b\[(?:(?:[1247]|2[247]|[349]\d|[34]8;5;\d+|[34]8;2;\d+;\d+;\d+)(?:;(?!m)|(?=m)))+m|\r\u001b\[K/g;
/** What screens write on purpose: modes, places, and styles but blinking. */
const OF_SCREENS =
  // biome-ignore lint/suspicious/noControlCharactersInRegex: the same
  /\u001b\[(?:\?(?:100[06]|1049|2004|2026|25|7)[hl]|\d+;1H|2[JK]|(?:[012347]|2[1-9]|3\d|9\d)m)/g;

/** The characters of what a command printed that may not be printed. */
export function hiddenInOutput(printed: string): string[] {
  return charactersOf(printed.replace(OF_COMMANDS, ""));
}

/** The same of all that a screen sent to its terminal. */
export function hiddenOnScreen(sent: string): string[] {
  return charactersOf(sent.replace(OF_SCREENS, ""));
}

function charactersOf(text: string): string[] {
  return (text.match(HIDDEN) ?? []).map((character) => `U+${character.codePointAt(0)!.toString(16)}`);
}

export function isShownIn(printed: string): boolean {
  return printed.includes(`${MARK}\\u001b`);
}

/** The texts of a value, names of fields included, in which something of the hostile text is but not all of it. */
export function changedTexts(value: unknown): string[] {
  if (typeof value === "string") return value.includes(MARK) && !value.includes(HOSTILE) ? [value] : [];
  if (typeof value !== "object" || value === null) return [];
  return Object.entries(value).flatMap(([name, inner]) => [...changedTexts(name), ...changedTexts(inner)]);
}

/** The value once for each text in it, with the hostile one in its place, and once for each object, with a field more
 *  of that name and text. */
export function* withHostileTexts(value: unknown, place = ""): Iterable<[place: string, value: unknown]> {
  if (typeof value === "string") yield [place, HOSTILE];
  if (typeof value !== "object" || value === null) return;
  if (!Array.isArray(value)) yield [`${place}.*`, { ...value, [HOSTILE]: { [HOSTILE]: HOSTILE } }];
  for (const [name, inner] of Object.entries(value)) {
    for (const [at, changed] of withHostileTexts(inner, `${place}.${name}`)) {
      yield [at, Array.isArray(value) ? value.with(Number(name), changed) : { ...value, [name]: changed }];
    }
  }
}
