import { cutTo } from "../../output/fit-line.ts";
import { BARS, type Level } from "../../output/palette.ts";
import { type CommandEntry, commandsBelow, findCommand } from "../command-entry.ts";
import { EMPTY_LINE, type PageLine, type PageStyle, prose } from "./page.ts";

interface Row {
  /** What is typed after `moodsync`. */
  commands: readonly string[];
  about: string;
}

/** What most people need, by what they want. A command that does not exist is left out. */
export const FRONT_PAGE_GROUPS: readonly { title: string; rows: readonly Row[] }[] = [
  {
    title: "Daily",
    rows: [
      { commands: ["log mood 4 -a run"], about: "1 awful 2 bad 3 meh 4 good 5 great" },
      { commands: ["log assessment phq9"], about: "its questions, or a score" },
      { commands: ["today", "due", "tui"], about: "how today stands; on a screen" },
    ],
  },
  {
    title: "Look back",
    rows: [
      { commands: ["list", "show", "history"], about: "entries, one of them, its versions" },
      { commands: ["chart", "calendar", "pixels"], about: "the trend, a month, a year" },
      { commands: ["stats", "insights"], about: "numbers; what goes with good days" },
    ],
  },
  {
    title: "Assessments",
    rows: [
      { commands: ["assessments"], about: "scores over time, with their bands" },
      { commands: ["schedule", "due"], about: "when one is due" },
    ],
  },
  {
    title: "Your data",
    rows: [
      { commands: ["edit", "delete", "undo"], about: "nothing is lost: history keeps it" },
      { commands: ["export", "import", "backup"], about: "all of it, in and out" },
      { commands: ["report -o report.html"], about: "one page to print" },
    ],
  },
  {
    title: "Sync",
    rows: [{ commands: ["sync", "account", "daemon"], about: "with a server of your own, if at all" }],
  },
  { title: "Server", rows: [{ commands: ["serve", "admin"], about: "be that server" }] },
];

const TAGLINE = "how you are, day by day, on your own machine";
const TITLE_COLUMNS = 13;
const COMMANDS_COLUMNS = 28;
/** The first width at which titles stand beside their commands, with the explanations. */
const FULL_COLUMNS = 80;
/** The first at which there is room for explanations. */
const EXPLAINED_COLUMNS = 60;

/** The page of `moodsync --help`: one screen at 80 columns. */
export function frontPage(commands: readonly CommandEntry[], style: PageStyle): PageLine[] {
  const { bold, width, isPlain } = style;
  const groups = FRONT_PAGE_GROUPS.map(({ title, rows }) => ({
    title,
    rows: rows
      .map(({ commands: names, about }): [string, string] => [
        names.filter((name) => isKnown(commands, name)).join(", "),
        about,
      ])
      .filter(([names]) => names !== ""),
  })).filter(({ rows }) => rows.length > 0);
  if (isPlain) {
    return [
      [`moodsync: ${TAGLINE}.`],
      ...groups.flatMap(({ title, rows }) => rows.map(([names, about]) => [`${title}: ${names}: ${about}.`])),
      ...footer(style),
    ];
  }
  const name: PageLine = [...mark(style), bold("moodsync")];
  const head = width >= EXPLAINED_COLUMNS ? [[...name, `  ${TAGLINE}`]] : [name, ...prose(TAGLINE, style)];
  const body = groups.flatMap(({ title, rows }): PageLine[] => [
    EMPTY_LINE,
    ...(width >= FULL_COLUMNS ? besideTitle(title, rows, style) : belowTitle(title, rows, style)),
  ]);
  return [...head, ...body, EMPTY_LINE, ...footer(style)];
}

/** The five levels: the sign of the program, which ASCII cannot draw. */
function mark({ isAscii, mark: inColour }: PageStyle): PageLine {
  if (isAscii) return [];
  return [...BARS.map((bar, at) => inColour((at + 1) as Level, bar)), " "];
}

function besideTitle(title: string, rows: readonly [string, string][], { bold }: PageStyle): PageLine[] {
  return rows.map(([names, about], index) => [
    `  ${(index === 0 ? title : "").padEnd(TITLE_COLUMNS)}`,
    bold(names),
    `${" ".repeat(COMMANDS_COLUMNS - names.length)}${about}`,
  ]);
}

/** At 40 columns without the explanations. */
function belowTitle(title: string, rows: readonly [string, string][], style: PageStyle): PageLine[] {
  const { bold, width } = style;
  if (width < EXPLAINED_COLUMNS) return [[title], ...rows.map(([names]): PageLine => ["  ", bold(names)])];
  const columns = Math.max(...FRONT_PAGE_GROUPS.flatMap(({ rows }) => rows.map(namesWidth))) + 2;
  return [
    [title],
    ...rows.map(([names, about]) =>
      cutTo(width, [" ", bold(names), `${" ".repeat(columns - names.length)}${about}`], style),
    ),
  ];
}

function footer(style: PageStyle): PageLine[] {
  const { bold, width, isPlain } = style;
  if (!isPlain && width >= FULL_COLUMNS) {
    return [
      [bold("moodsync help-now"), " lists support lines, at any time, without a network."],
      [bold("moodsync <command> --help"), " explains one; ", bold("moodsync help --all"), " lists the rest."],
    ];
  }
  return [
    ...prose("moodsync help-now lists support lines, at any time, without a network.", style),
    ...prose("moodsync <command> --help explains one; moodsync help --all lists the rest.", style),
  ];
}

function namesWidth({ commands }: Row): number {
  return commands.join(", ").length;
}

/** Whether what a row names is a command with its arguments, or a group of commands. */
function isKnown(commands: readonly CommandEntry[], typed: string): boolean {
  const words = typed.split(" ");
  return findCommand(commands, words) !== null || commandsBelow(commands, words).length > 0;
}
