/** What a text column holds as JSON. Throws SQLite's own error of a damaged file for what moodsync never stored. */
// biome-ignore lint/suspicious/noExplicitAny: the columns have no type of their own; who reads one knows what is in it
export function parseStored(text: string): any {
  try {
    return JSON.parse(text);
  } catch {
    // Its own message would quote the text.
    throw Object.assign(new Error("a stored text is not JSON"), { code: "SQLITE_CORRUPT" });
  }
}
