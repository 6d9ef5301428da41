import { MOOD_NAMES } from "../../domain/entities/mood-name.ts";
import { fitLine } from "../fit-line.ts";
import { BARS, type Level } from "../palette.ts";
import type { Line, Part, TerminalStyle } from "../terminal-style.ts";

/** Columns before the first tile. */
const MARGIN = 2;
/** From so many columns inside of its frame on a tile has its bar. */
const COLUMNS_FOR_BAR = 10;
/** Rows of a tile. */
const TILE_ROWS = 3;

/** The five moods as tiles with the digit that logs each; without colours they have a thin frame. */
export function moodTiles(columns: number, style: TerminalStyle): Line[] {
  const width = tileColumns(columns);
  const tiles = MOOD_NAMES.map((name, index) => tileRows((index + 1) as Level, name, width, style));
  return Array.from({ length: TILE_ROWS }, (_, row) =>
    fitLine(
      columns,
      [" ".repeat(MARGIN), ...tiles.flatMap((rows, at) => [at === 0 ? "" : " ", ...rows[row]!])],
      style,
    ),
  );
}

/** The mood whose tile stands at a place, by the lines of a screen that hold the tiles; null: none does. */
export function tileAt(
  { row, column }: { row: number; column: number },
  lines: readonly Line[],
  columns: number,
  style: TerminalStyle,
): Level | null {
  const first = lines.indexOf(moodTiles(columns, style)[0]!);
  const width = tileColumns(columns) + 1;
  const level = Math.floor((column - MARGIN) / width) + 1;
  const isIn = first >= 0 && row >= first && row < first + TILE_ROWS && (column - MARGIN) % width < width - 1;
  return isIn && level >= 1 && level <= MOOD_NAMES.length ? (level as Level) : null;
}

function tileColumns(columns: number): number {
  return columns >= 76 ? 14 : 10;
}

function tileRows(level: Level, name: string, width: number, style: TerminalStyle): Part[][] {
  const label = `${level} ${name}`;
  if (style.hasColour) {
    const blank = style.fill(level, " ".repeat(width));
    return [[blank], [style.bold(style.fill(level, centred(label, width)))], [blank]];
  }
  const inner = width - 2;
  const bar = style.isAscii || inner < COLUMNS_FOR_BAR ? "" : ` ${BARS[level - 1]}`;
  const left = " ".repeat(Math.floor((inner - label.length - bar.length) / 2));
  const right = " ".repeat(inner - left.length - label.length - bar.length);
  const edge = style.isAscii ? "-" : "─";
  const side = style.isAscii ? "|" : "│";
  const [topLeft, topRight, bottomLeft, bottomRight] = style.isAscii ? "++++" : "┌┐└┘";
  return [
    [`${topLeft}${edge.repeat(inner)}${topRight}`],
    [side, left, style.bold(String(level)), ` ${name}${bar}`, right, side],
    [`${bottomLeft}${edge.repeat(inner)}${bottomRight}`],
  ];
}

function centred(text: string, width: number): string {
  return `${" ".repeat(Math.floor((width - text.length) / 2))}${text}`.padEnd(width);
}
