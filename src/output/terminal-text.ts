/** What must not reach a terminal raw: C0 and C1 controls but newline and tab, DEL, the controls of text direction
 *  (they make a line look like another one) and the separators that some terminals take for newlines. */
const UNSAFE =
  // biome-ignore lint/suspicious/noControlCharactersInRegex: these are what is looked for
  /[\u0000-\u0008\u000b-\u001f\u007f-\u009f\u061c\u200e\u200f\u2028\u2029\u202a-\u202e\u2066-\u2069\ufeff]/g;

/** A text of the user's as it may be shown: what could move the cursor, change colours or reverse the line is
 *  written out, like \x1b. */
export function terminalText(text: string): string {
  return text.replace(UNSAFE, (character) => escapeOf(character, "\\x"));
}

/** The same on one line, for tables and single-line answers. */
export function singleLine(text: string): string {
  return terminalText(text.replace(/\s*\r?\n\s*|\t/g, " "));
}

/** JSON for a terminal or a pipe: JSON.stringify leaves C1 and direction controls raw, and \u escapes are the same
 *  JSON. Indented where a person reads it. */
export function printableJson(value: unknown, indent?: number): string {
  const json = JSON.stringify(value, null, indent);
  return json.replace(UNSAFE, (character) => escapeOf(character, "\\u"));
}

function escapeOf(character: string, prefix: "\\x" | "\\u"): string {
  const hex = character.charCodeAt(0).toString(16);
  return prefix === "\\x" && hex.length <= 2 ? `\\x${hex.padStart(2, "0")}` : `\\u${hex.padStart(4, "0")}`;
}
