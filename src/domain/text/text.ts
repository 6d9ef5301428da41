/** Number of characters of a text: its code points, so an emoji counts once. */
export function characterCount(text: string): number {
  let surrogatePairs = 0;
  for (let at = 0; at < text.length - 1; at++) {
    const unit = text.charCodeAt(at);
    if (unit >= 0xd800 && unit <= 0xdbff) {
      surrogatePairs++;
      at++;
    }
  }
  return text.length - surrogatePairs;
}

/** Whether a text can be stored everywhere unchanged: PostgreSQL refuses U+0000 and silently
 *  turns a lone surrogate into U+FFFD. */
export function isStorableText(text: string): boolean {
  return text.isWellFormed() && !text.includes("\u0000");
}

/** Form in which labels are compared: NFC, trimmed, inner spaces to one, lower case. Never stored. */
export function comparableText(text: string): string {
  if (COMPARABLE.test(text)) return text;
  return text.normalize("NFC").trim().replace(/\s+/gu, " ").toLowerCase();
}

/** What most labels are already: ASCII in small letters, with single spaces between words. */
const COMPARABLE = /^[!-@[-~]+(?: [!-@[-~]+)*$/;
