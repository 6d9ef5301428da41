/** Text that holds nothing to write out, which most text is; found out without the tables of Unicode. */
const PLAIN = /^[\n\t\x20-\x7e\u00a1-\u00ac\u00ae-\u02ff\u2010-\u2027\u2190-\u23ff\u2500-\u27bf]*$/;

/** The same of one line. */
const PLAIN_LINE = /^[\x20-\x7e\u00a1-\u00ac\u00ae-\u02ff\u2010-\u2027\u2190-\u23ff\u2500-\u27bf]*$/;

/** A text as it may be shown: what is hidden in it is written out, like \u001b. That is JSON's own way, so JSON stays
 *  the same JSON. Newlines and tabs remain, and what emoji and the scripts that join their letters need. */
export function terminalText(text: string): string {
  return PLAIN.test(text) ? text : withoutHidden(text);
}

/** The same on one line: a newline with the blanks around it, and a tab, become one blank. */
export function singleLine(text: string): string {
  if (PLAIN_LINE.test(text)) return text;
  const lines = text.split("\n");
  const last = lines.length - 1;
  const parts = lines
    .map((line, index) => (index > 0 ? line.trimStart() : line))
    .map((line, index) => (index < last ? line.trimEnd() : line))
    .filter((line, index) => line !== "" || index === 0 || index === last);
  return terminalText(parts.join(" ").replaceAll("\t", " "));
}

/** Each of the texts as one line. */
export function textLines(texts: readonly string[]): string {
  return texts.map((text) => `${singleLine(text)}\n`).join("");
}

/** JSON that may be shown, as well as written to a pipe or a file. Indented where a person reads it. */
export function printableJson(value: unknown, indent?: number): string {
  return terminalText(JSON.stringify(value, null, indent));
}

/** Hidden is what a reader cannot see or what acts on the terminal: controls but newline and tab, the separators that
 *  some terminals take for newlines, halves of surrogate pairs, what Unicode lets a terminal leave out, and format
 *  characters (those of text direction make a line look like another one) but the few that are drawn. A run of tag
 *  characters is one match. The expression stands here because making it takes 5 ms. */
function withoutHidden(text: string): string {
  return text.replace(
    /[\u{e0020}-\u{e007f}]+|(?![\n\t\u0600-\u0605\u06dd\u070f\u0890\u0891\u08e2\u{110bd}\u{110cd}])[\p{Cc}\p{Cf}\p{Cs}\p{Zl}\p{Zp}\p{Default_Ignorable_Code_Point}]/gu,
    (hidden: string, at: number) =>
      isPartOfWriting(hidden, characterBefore(text, at), characterAt(text, at + hidden.length))
        ? hidden
        : writtenOut(hidden),
  );
}

/** Whether a hidden character belongs to the writing between its neighbours. One that does nothing there would only
 *  make two texts look alike. */
function isPartOfWriting(hidden: string, before: string, after: string): boolean {
  const code = hidden.codePointAt(0)!;
  if (code === ZWNJ) return isOfJoiningScript(before);
  if (code === ZWJ)
    return isOfJoiningScript(before) || (endsEmoji(before) && /\p{Extended_Pictographic}/u.test(after));
  if (code === TEXT_STYLE || code === EMOJI_STYLE) {
    return isEmoji(before) || (after === "\u20e3" && /[0-9#*]/.test(before));
  }
  if ((code >= 0xfe00 && code < TEXT_STYLE) || (code >= 0xe0100 && code <= 0xe01ef)) {
    return /[\p{sc=Han}\p{sc=Mymr}\p{Sm}]/u.test(before);
  }
  if (code >= 0x180b && code <= 0x180f) return /\p{sc=Mong}/u.test(before);
  return before === "\u{1f3f4}" && isRegionOfFlag(hidden);
}

const ZWNJ = 0x200c;
const ZWJ = 0x200d;
const TEXT_STYLE = 0xfe0e;
const EMOJI_STYLE = 0xfe0f;

/** Letters and marks of scripts in which ZWJ and ZWNJ decide how letters join, as in Persian and Hindi. */
function isOfJoiningScript(character: string): boolean {
  return /(?=[\p{L}\p{M}])[\p{scx=Arab}\p{scx=Syrc}\p{scx=Nkoo}\p{scx=Mong}\p{scx=Adlm}\p{scx=Deva}\p{scx=Beng}\p{scx=Guru}\p{scx=Gujr}\p{scx=Orya}\p{scx=Taml}\p{scx=Telu}\p{scx=Knda}\p{scx=Mlym}\p{scx=Sinh}\p{scx=Khmr}\p{scx=Mymr}\p{scx=Tibt}]/u.test(
    character,
  );
}

function isEmoji(character: string): boolean {
  return /(?![0-9#*])\p{Emoji}/u.test(character);
}

/** Emoji, their style, and the end of a flag of a region. */
function endsEmoji(character: string): boolean {
  return isEmoji(character) || character === "\ufe0f" || character === "\u{e007f}";
}

/** The tags that make a black flag that of a region, like England's: its code and the end. */
function isRegionOfFlag(tags: string): boolean {
  return /^[\u{e0030}-\u{e0039}\u{e0061}-\u{e007a}]{3,6}\u{e007f}$/u.test(tags);
}

/** Each half of a surrogate pair by itself, as JSON has it. */
function writtenOut(hidden: string): string {
  return hidden
    .split("")
    .map((unit) => `\\u${unit.charCodeAt(0).toString(16).padStart(4, "0")}`)
    .join("");
}

function characterAt(text: string, at: number): string {
  return at < text.length ? String.fromCodePoint(text.codePointAt(at)!) : "";
}

function characterBefore(text: string, at: number): string {
  const isPair = at > 1 && /[\udc00-\udfff]/.test(text[at - 1]!) && /[\ud800-\udbff]/.test(text[at - 2]!);
  return text.slice(Math.max(0, at - (isPair ? 2 : 1)), at);
}
