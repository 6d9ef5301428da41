import { beside } from "../beside.ts";
import { fitLine } from "../fit-line.ts";
import type { Line, TerminalStyle } from "../terminal-style.ts";
import type { Block } from "./blocks.ts";
import type { KeyHelp } from "./keys-line.ts";

type Group = readonly [name: string, keys: readonly KeyHelp[]];

const LEFT: readonly Group[] = [
  [
    "Everywhere",
    [
      ["Tab", "next view, Shift-Tab back", "next view"],
      ["s", "sync now"],
      ["u", "undo the last change"],
      ["?", "these keys"],
      ["q", "quit; Ctrl-C at once"],
    ],
  ],
  [
    "Today",
    [
      ["1–5", "log a mood"],
      ["n", "its note"],
      ["a", "its activities"],
      ["d", "check in: what is due"],
      ["D", "all assessments"],
    ],
  ],
];
const RIGHT: readonly Group[] = [
  [
    "History",
    [
      ["↑↓", "move, PgUp PgDn Home End", "move"],
      ["Enter", "show or close"],
      ["e d", "edit, delete"],
      ["/", "search: run, mood:1-2", "search"],
      ["v", "show or hide notes", "notes"],
    ],
  ],
  [
    "Insights",
    [
      ["1–4", "trend, year, activities,", "its pages"],
      ["", "assessments", ""],
      ["←→", "another period"],
      ["n", "the numbers as text", "the numbers"],
      ["r", "report for printing", "report"],
    ],
  ],
];
const SUPPORT = "Support lines, at any time: moodsync help-now, or H here";
/** Column in which the second half begins. */
const SECOND_AT = { wide: 40, narrow: 34 };
/** In fewer columns a group says less. */
const SHORT_COLUMNS = 36;

/** Every key of the screens, as a page. */
export function keysHelp(columns: number, style: TerminalStyle): Block[] {
  const half = columns >= 76 ? SECOND_AT.wide : SECOND_AT.narrow;
  const groups = LEFT.map((left, index) => {
    const leftLines = groupLines(left, "  ", half - 1, style);
    const rightLines = groupLines(RIGHT[index]!, "", columns - half, style);
    return beside(leftLines, rightLines, half);
  });
  return [
    ...groups.map((lines, index) => ({ lines, gap: index === 0 ? 0 : 1 })),
    { lines: [fitLine(columns, ["  ", SUPPORT], style)] },
  ];
}

function groupLines([name, keys]: Group, margin: string, columns: number, style: TerminalStyle): Line[] {
  const room = margin === "" ? 10 : 7;
  return [
    style.line(margin, style.bold(name)),
    ...keys.flatMap(([key, long, short]) => {
      const shown = style.words(key);
      const what = columns < SHORT_COLUMNS ? (short ?? long) : long;
      if (what === "") return [];
      return fitLine(
        columns,
        [margin, style.bold(shown), " ".repeat(Math.max(1, room - shown.length)), what],
        style,
      );
    }),
  ];
}
