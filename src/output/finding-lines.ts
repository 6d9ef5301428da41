import { fitLine } from "./fit-line.ts";
import { verbatimProse } from "./prose.ts";
import { type Line, type TerminalStyle, verbatim } from "./terminal-style.ts";

/** What `doctor` found, as it is shown. */
export interface ShownFinding {
  name: string;
  status: "ok" | "problem" | "note";
  text: string;
  fix?: string;
}

const STATUS_WORDS = { ok: "fine", problem: "to look at", note: "for information" };
const SIGN_COLUMNS = 4;

/** A finding a line, the fix of a problem below it. */
export function findingLines(
  findings: readonly ShownFinding[],
  columns: number,
  style: TerminalStyle,
): Line[] {
  if (style.isPlain) {
    return findings.map(({ name, status, text, fix }) =>
      style.line(`${name}, ${STATUS_WORDS[status]}: `, verbatim(text), fix ? verbatim(`. ${fix}`) : "."),
    );
  }
  const nameColumns = Math.max(...findings.map(({ name }) => name.length)) + 2;
  const indent = SIGN_COLUMNS + nameColumns;
  return findings.flatMap(({ name, status, text, fix }) => {
    const lines = verbatimProse(text, columns - indent).map((cell, index): Line => {
      const start = index === 0 ? [...signOf(status, style), name.padEnd(nameColumns)] : ["".padEnd(indent)];
      return fitLine(columns, [...start, cell], style);
    });
    const fixes = fix ? verbatimProse(fix, columns - indent) : [];
    return [...lines, ...fixes.map((cell) => fitLine(columns, ["".padEnd(indent), cell], style))];
  });
}

function signOf(status: ShownFinding["status"], style: TerminalStyle) {
  const { glyphs } = style;
  if (status === "problem") return [style.inverse(` ${glyphs.problem} `), " "];
  return [(status === "ok" ? glyphs.done : glyphs.noEntry).padEnd(SIGN_COLUMNS)];
}
