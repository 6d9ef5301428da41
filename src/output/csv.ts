/** A row of comma-separated values (RFC 4180, but for the end of the line, which is that of other output). */
export function csvRow(cells: readonly (string | number | boolean | null)[]): string {
  return `${cells.map(csvCell).join(",")}\n`;
}

/** What makes a spreadsheet take a text for a formula; it also strips blanks, and takes signs of full width. */
const FORMULA = /^\s*[=+\-@\uff1d\uff0b\uff0d\uff20]/;

/** Numbers stand as they are. A text that a spreadsheet would run gets an apostrophe before it, by which it is text. */
function csvCell(value: string | number | boolean | null): string {
  if (value === null) return "";
  if (typeof value !== "string") return String(value);
  const text = FORMULA.test(value) ? `'${value}` : value;
  return /[",\r\n]/.test(text) ? `"${text.replaceAll('"', '""')}"` : text;
}
