import { displayWidth, truncate } from "./display-width.ts";
import type { Cell, Line, Part, TerminalStyle } from "./terminal-style.ts";
import { singleLine } from "./terminal-text.ts";

/** Columns that parts take. */
export function widthOf(parts: readonly Part[], style: TerminalStyle): number {
  return widthOfCells(shownCells(parts, style));
}

/** What the parts say, without their styles. */
export function shownText(parts: readonly Part[], style: TerminalStyle): string {
  return shownCells(parts, style)
    .map(({ text }) => text)
    .join("");
}

/** The parts in at most `columns` (Infinity: all of them); what was cut off is said by … */
export function cutTo(columns: number, parts: readonly Part[], style: TerminalStyle): Cell[] {
  const cells = shownCells(parts, style);
  if (columns === Number.POSITIVE_INFINITY) return cells;
  if (columns <= 0) return [];
  const kept: Cell[] = [];
  let room = columns;
  for (const [index, cell] of cells.entries()) {
    const width = displayWidth(cell.text);
    const isLast = cells.slice(index + 1).every(({ text }) => text === "");
    if (width < room || (width === room && isLast)) {
      kept.push(cell);
      room -= width;
      continue;
    }
    return withoutTrailingBlanks([...kept, { ...cell, text: cutText(cell.text, room, style) }]);
  }
  return kept;
}

/** The parts in exactly `columns`, cut or filled with blanks. */
export function padParts(columns: number, parts: readonly Part[], style: TerminalStyle): Cell[] {
  const all = shownCells(parts, style);
  const width = widthOfCells(all);
  const cells = width <= columns ? all : cutTo(columns, parts, style);
  const missing = columns - (width <= columns ? width : widthOfCells(cells));
  if (missing > 0 && missing < Number.POSITIVE_INFINITY) cells.push({ text: " ".repeat(missing) });
  return cells;
}

/** One line of at most `columns`, without blanks at its end that have no colour. */
export function fitLine(columns: number, parts: readonly Part[], style: TerminalStyle): Line {
  return style.line(...withoutTrailingBlanks(cutTo(columns, parts, style)));
}

function shownCells(parts: readonly Part[], style: TerminalStyle): Cell[] {
  return parts.map((part) => {
    if (typeof part === "string") return { text: style.words(singleLine(part)) };
    const text = part.isVerbatim ? singleLine(part.text) : style.words(singleLine(part.text));
    return text === part.text ? part : { ...part, text };
  });
}

function widthOfCells(cells: readonly Cell[]): number {
  return cells.reduce((sum, { text }) => sum + displayWidth(text), 0);
}

/** A text that has no room is cut with its sign in the last columns that it gets. */
function cutText(text: string, room: number, { glyphs }: TerminalStyle): string {
  const sign = glyphs.cut;
  if (room < sign.length) return "";
  if (sign.length === 1) return truncate(`${text}  `, room);
  return `${truncate(`${text}  `, room - sign.length + 1).slice(0, -1)}${sign}`;
}

function withoutTrailingBlanks(cells: readonly Cell[]): Cell[] {
  const kept = [...cells];
  for (let last = kept.at(-1); last && !last.sgr; last = kept.at(-1)) {
    const text = last.text.trimEnd();
    kept.pop();
    if (text !== "") return [...kept, { ...last, text }];
  }
  return kept;
}
