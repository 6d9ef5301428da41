import { type Glyphs, glyphsFor, toAscii } from "./glyphs.ts";
import { BARS, INDEXED, type Level, SIXTEEN_CHIPS, SIXTEEN_MARKS, TRUE_COLOUR } from "./palette.ts";
import { type StyleWish, type TerminalAbilities, terminalAbilities } from "./terminal-abilities.ts";
import { singleLine } from "./terminal-text.ts";

/** A piece of a line: what it says, and how it is set apart. */
export interface Cell {
  text: string;
  /** Text of the user or the server, in which no sign is changed. */
  isVerbatim?: true;
  sgr?: Sgr;
}

/** SGR codes that begin a style and that end it. */
interface Sgr {
  start: string;
  end: string;
}

/** Our own words, or a piece that is more than that. */
export type Part = string | Cell;

declare const painted: unique symbol;

/** A line as a terminal gets it, with its SGR codes. Only {@link TerminalStyle.line} makes one, of texts in which what is
 *  hidden is written out; so no text can bring codes of its own. */
export type Line = string & { readonly [painted]: true };

/** How a stream is written to. Measure the plain texts first (`fit-line.ts`) and paint them last. */
export interface TerminalStyle extends TerminalAbilities {
  readonly isAscii: boolean;
  readonly hasColour: boolean;
  readonly glyphs: Glyphs;
  /** What stands between the parts of a line in words. */
  readonly separator: string;
  /** Our own words in the signs that the terminal has: for what is measured before it is painted. */
  words(text: string): string;
  /** A mood in three columns: " 4 " on its colour, without colours "▆ 4". */
  chip(level: Level): Cell;
  /** A mood in three columns that stand close together: " 4 " on its colour, without colours "▆4 ". */
  closeChip(level: Level): Cell;
  /** Any text on the colour of a level, with the ink that can be read on it; without colours the text alone. */
  fill(level: Level, text: string): Cell;
  /** A sign in the colour of a level; in the terminal's own where its background is not known. */
  mark(level: Level, text: string): Cell;
  /** A sign in the colour that the user chose for something, `#rrggbb`. */
  swatch(hex: string, text: string): Cell;
  bold(part: Part): Cell;
  dim(part: Part): Cell;
  underline(part: Part): Cell;
  inverse(part: Part): Cell;
  /** The parts as one line. Neighbours of one style share their codes. */
  line(...parts: readonly Part[]): Line;
}

/** A text that is not ours. */
export function verbatim(text: string): Cell {
  return { text: singleLine(text), isVerbatim: true };
}

export function terminalStyle(wish: StyleWish): TerminalStyle {
  return styleFrom(terminalAbilities(wish));
}

/** The signs alone, for a screen that sets text apart itself. */
export const UNSTYLED: TerminalStyle = styleFrom({
  depth: "none",
  hasWeight: false,
  appearance: "unknown",
  palette: "aurora",
  alphabet: "full",
  isPlain: false,
  isTerminal: true,
});

export function styleFrom(abilities: TerminalAbilities): TerminalStyle {
  const { depth, appearance, palette, alphabet, hasWeight } = abilities;
  const isAscii = alphabet === "ascii";
  const hasColour = depth !== "none" && !(depth === "16" && palette === "mono");
  const ramp = appearance === "light" ? "light" : "dark";
  const words = (text: string) => (isAscii ? toAscii(text) : text);
  const weighted = (start: string, end: string) => (part: Part) =>
    hasWeight ? withSgr(part, { start, end }) : cellOf(part);

  function fill(level: Level, text: string): Cell {
    return hasColour
      ? { text, sgr: { start: chipCodes(level), end: depth === "16" ? "22;39;49" : "39;49" } }
      : { text };
  }

  function chipCodes(level: Level): string {
    const at = level - 1;
    if (depth === "16") return `1;${SIXTEEN_CHIPS[at]}`;
    if (depth === "256") {
      const { colours, inks } = INDEXED[palette][ramp];
      return `48;5;${colours[at]};38;5;${inks[at] === "b" ? 16 : 231}`;
    }
    const { colours, inks } = TRUE_COLOUR[palette][ramp];
    return `48;2;${channels(colours[at]!)};38;2;${inks[at] === "b" ? "0;0;0" : "255;255;255"}`;
  }

  function mark(level: Level, text: string): Cell {
    const isSeen = appearance !== "unknown" && !(depth === "16" && appearance === "light");
    return hasColour && isSeen ? { text, sgr: { start: markCodes(level), end: "39" } } : { text };
  }

  function markCodes(level: Level): string {
    const at = level - 1;
    if (depth === "16") return SIXTEEN_MARKS[at]!;
    if (depth === "256") return `38;5;${INDEXED[palette][ramp].colours[at]}`;
    return `38;2;${channels(TRUE_COLOUR[palette][ramp].colours[at]!)}`;
  }

  function withoutColour(level: Level, between: string, after: string): Cell {
    return { text: isAscii ? ` ${level} ` : `${BARS[level - 1]}${between}${level}${after}` };
  }

  return {
    ...abilities,
    isAscii,
    separator: abilities.isPlain ? ", " : isAscii ? " - " : " · ",
    hasColour,
    glyphs: glyphsFor(alphabet),
    words,
    chip: (level) => (hasColour ? fill(level, ` ${level} `) : withoutColour(level, " ", "")),
    closeChip: (level) => (hasColour ? fill(level, ` ${level} `) : withoutColour(level, "", " ")),
    fill,
    mark,
    swatch: (hex, text) =>
      depth === "24bit"
        ? { text, sgr: { start: `38;2;${channels(hex.slice(1))}`, end: "39" } }
        : depth === "256"
          ? { text, sgr: { start: `38;5;${nearestIndex(hex.slice(1))}`, end: "39" } }
          : { text },
    bold: weighted("1", "22"),
    dim: weighted("2", "22"),
    underline: weighted("4", "24"),
    inverse: weighted("7", "27"),
    line: (...parts) => paint(parts, words),
  };
}

function cellOf(part: Part): Cell {
  return typeof part === "string" ? { text: part } : part;
}

function withSgr(part: Part, { start, end }: Sgr): Cell {
  const cell = cellOf(part);
  const { sgr } = cell;
  return {
    ...cell,
    sgr: sgr ? { start: `${sgr.start};${start}`, end: `${sgr.end};${end}` } : { start, end },
  };
}

function paint(parts: readonly Part[], words: (text: string) => string): Line {
  let line = "";
  let open: Sgr | undefined;
  for (const { text, isVerbatim, sgr } of parts.map(cellOf)) {
    const shown = isVerbatim ? singleLine(text) : words(singleLine(text));
    if (shown === "") continue;
    if (sgr?.start !== open?.start) line += codes(open?.end) + codes(sgr?.start);
    open = sgr;
    line += shown;
  }
  return (line + codes(open?.end)) as Line;
}

function codes(parameters: string | undefined): string {
  return parameters === undefined ? "" : `\u001b[${parameters}m`;
}

/** `rrggbb` as SGR has it. */
function channels(hex: string): string {
  return [0, 2, 4].map((at) => Number.parseInt(hex.slice(at, at + 2), 16)).join(";");
}

/** The colour of the cube of 6 × 6 × 6 that comes nearest. */
function nearestIndex(hex: string): number {
  const steps = [0, 95, 135, 175, 215, 255];
  const [red, green, blue] = channels(hex)
    .split(";")
    .map((channel) => {
      const distances = steps.map((step) => Math.abs(step - Number(channel)));
      return distances.indexOf(Math.min(...distances));
    }) as [number, number, number];
  return 16 + 36 * red + 6 * green + blue;
}
