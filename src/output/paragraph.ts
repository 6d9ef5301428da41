import { displayWidth } from "./display-width.ts";
import { fitLine } from "./fit-line.ts";
import type { Cell, Line, Part, TerminalStyle } from "./terminal-style.ts";

/** Longest line of prose, in columns. */
const PROSE_COLUMNS = 74;

/** Prose as lines of at most `columns`, broken at blanks, after `margin` blanks; `first` stands in their place on the
 *  first line, and fills them. A word that is longer than a line is cut. */
export function paragraph(
  parts: readonly Part[],
  {
    columns,
    style,
    margin = 2,
    first = "",
  }: { columns: number; style: TerminalStyle; margin?: number; first?: string },
): Line[] {
  const room = Math.min(columns, PROSE_COLUMNS + margin) - margin;
  const lines: Cell[][] = [[]];
  let width = 0;
  const words = parts.flatMap((part) => wordsOf(part, style));
  for (const [index, word] of words.entries()) {
    const isBehindBlank = index === 0 || words[index - 1]!.text.endsWith(" ");
    if (width > 0 && isBehindBlank && width + columnsUntilBlank(words, index) > room) {
      lines.push([]);
      width = 0;
    }
    if (width === 0 && word.text.trim() === "") continue;
    lines.at(-1)!.push(word);
    width += displayWidth(word.text);
  }
  return lines.map((cells, index) =>
    fitLine(columns, [(index === 0 ? first : "").padEnd(margin), ...withoutLastBlank(cells)], style),
  );
}

/** Columns of a word with those that follow it without a blank: the comma behind a label. */
function columnsUntilBlank(words: readonly Cell[], from: number): number {
  const end = words.findIndex(({ text }, index) => index >= from && text.endsWith(" "));
  const joined = words.slice(from, end < 0 ? words.length : end + 1).map(({ text }) => text);
  return displayWidth(joined.join("").trimEnd());
}

/** Each word with the blank after it. */
function wordsOf(part: Part, style: TerminalStyle): Cell[] {
  const cell = typeof part === "string" ? { text: part } : part;
  const text = cell.isVerbatim ? cell.text : style.words(cell.text);
  return text.split(/(?<= )(?! )/).map((word) => ({ ...cell, text: word }));
}

function withoutLastBlank(cells: readonly Cell[]): Cell[] {
  const last = cells.at(-1);
  return last ? [...cells.slice(0, -1), { ...last, text: last.text.trimEnd() }] : [];
}
