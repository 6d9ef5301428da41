import { fitLine, padParts, widthOf } from "./fit-line.ts";
import { verbatimProse } from "./prose.ts";
import type { Line, Part, TerminalStyle } from "./terminal-style.ts";
import { verbatim } from "./terminal-style.ts";

/** One conflict, with both of its versions in words. */
export interface ShownConflict {
  /** "mood 4 (good) · Wed 25 Nov 18:41 · run". */
  entry: string;
  id: string;
  /** What became of this device's version, and why. */
  outcome: string;
  versions: readonly {
    /** Whose version: "this device", "phone". */
    whose: string;
    /** What it holds otherwise than the other one. */
    texts: readonly string[];
    /** The command that brings it back; empty for the one that stands. */
    bringBack: string;
  }[];
}

/** A device may have a longer label. */
const MOST_NAME_COLUMNS = 20;

/** Conflicts with both versions of each, one below the other, and how the one that gave way comes back. */
export function conflictLines(
  conflicts: readonly ShownConflict[],
  columns: number,
  style: TerminalStyle,
): Line[] {
  return conflicts.flatMap((conflict, index) => [
    ...(index > 0 && !style.isPlain ? [style.line("")] : []),
    ...oneConflict(conflict, columns, style),
  ]);
}

function oneConflict(
  { entry, id, outcome, versions }: ShownConflict,
  columns: number,
  style: TerminalStyle,
): Line[] {
  if (style.isPlain) {
    return [
      style.line(verbatim(entry), `. Id ${id}. `, verbatim(outcome), "."),
      ...versions.map(({ whose, texts, bringBack }) =>
        style.line(
          verbatim(`${whose}: ${texts.join("; ")}.`),
          bringBack === "" ? "" : ` To bring it back: ${bringBack}`,
        ),
      ),
    ];
  }
  const longest = Math.max(...versions.map(({ whose }) => widthOf([verbatim(whose)], style)));
  const width = columns === Number.POSITIVE_INFINITY ? longest : Math.min(longest, MOST_NAME_COLUMNS);
  return [
    fitLine(columns, [style.bold(verbatim(entry)), "  ", style.dim(id)], style),
    ...verbatimProse(`${outcome}.`, columns - 2).map((line) => style.line("  ", line)),
    ...versions.flatMap(({ whose, texts, bringBack }) => {
      const rows: Part[][] = texts.map((text, index) => [
        ...["  ", ...padParts(width, index === 0 ? [verbatim(whose)] : [], style), "  ", verbatim(text)],
      ]);
      if (bringBack !== "") rows.push([`  ${" ".repeat(width)}  `, style.dim(bringBack)]);
      return rows.map((row) => fitLine(columns, row, style));
    }),
  ];
}
