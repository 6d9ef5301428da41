import type { ActivityComparison, ActivityDifference, ActivityFigures } from "../insights/activities.ts";
import type { Span } from "../insights/day.ts";
import { rangeWords } from "./day-words.ts";
import { fitLine, padParts } from "./fit-line.ts";
import { columnOf, intervalBar, type Scale } from "./interval-bar.ts";
import { counted, oneDecimal, signed } from "./number-words.ts";
import { paragraph } from "./paragraph.ts";
import { type Line, type Part, type TerminalStyle, verbatim } from "./terminal-style.ts";

/** What `insights` shows. */
export interface Activities {
  span: Span;
  comparison: ActivityComparison;
  lag: 0 | 1;
  /** Id of the activity that the sentence is about; null: the first. */
  named: string | null;
}

const ASSOCIATION = "This is an association; it can run either way.";

/** How wide the parts of a row are. */
interface Widths {
  name: number;
  bar: number;
  /** "19 of 82", or "19" alone. */
  days: "of all" | "alone";
  dayColumns: number;
  interval: "words" | "short" | "none";
}

export function activityLines(shown: Activities, columns: number, style: TerminalStyle): Line[] {
  const { comparison, span } = shown;
  if (style.isPlain) return plainLines(shown, style);
  const counts = ` · ${rangeWords(span)} · ${counted(comparison.days, "day")} with entries`;
  const narrow = ` · ${counted(comparison.days, "day")}`;
  const title =
    columns < 76
      ? [
          fitLine(columns, ["  ", style.bold(titleOf(shown))], style),
          fitLine(columns, [`  ${rangeWords(span)}${narrow}`], style),
        ]
      : [fitLine(columns, ["  ", style.bold(titleOf(shown)), counts], style)];
  if (comparison.lookedAt === 0) {
    return [...title, style.line(), ...notYet(comparison, columns, style)];
  }
  const widths = widthsFor(columns, comparison);
  const scale = scaleFor(comparison.figures, widths.bar);
  return [
    ...title,
    style.line(),
    headingLine(widths, scale, columns, style),
    ...comparison.figures.map((one) => rowOf(one, comparison, widths, scale, columns, style)),
    style.line(),
    ...sentenceOf(shown, columns, style),
    ...togetherLines(comparison, columns, style),
    style.line(),
    ...legend(shown, columns, style),
  ];
}

function titleOf({ lag }: Activities): string {
  return lag === 0 ? "What goes with your days" : "What goes with the day after";
}

function widthsFor(columns: number, { figures, days }: ActivityComparison): Widths {
  const counts = figures.map(({ daysWith }) => countOf(daysWith, days).length);
  const dayColumns = Math.max(8, ...counts);
  if (columns < 60) return { name: 10, bar: 17, days: "alone", dayColumns, interval: "none" };
  if (columns < 76) return { name: 12, bar: 15, days: "of all", dayColumns, interval: "short" };
  return { name: 12, bar: 29, days: "of all", dayColumns, interval: "words" };
}

/** "19 of 82". */
function countOf(daysWith: number, days: number): string {
  return `${String(daysWith).padStart(2)} of ${days}`;
}

/** As wide as the furthest interval, in whole steps. */
function scaleFor(figures: readonly ActivityFigures[], columns: number): Scale {
  const ends = figures.flatMap(({ result }) => (result.status === "compared" ? result.interval : []));
  const furthest = Math.max(...ends.map(Math.abs));
  const high = furthest <= 1.05 ? 1 : furthest <= 2.05 ? 2 : 4;
  return { low: -high, high, columns };
}

function headingLine(widths: Widths, scale: Scale, columns: number, style: TerminalStyle): Line {
  const { minus } = style.glyphs;
  const wide = ["   lower", "higher   "];
  const ends: [string, string] = [`${minus}${scale.high}`, `+${scale.high}`];
  const side = (scale.columns - 1) / 2;
  const left = `${ends[0]}${widths.bar >= 29 ? wide[0] : ""}`.padEnd(side);
  const right = `${widths.bar >= 29 ? wide[1] : ""}${ends[1]}`.padStart(side + 1);
  const days = widths.days === "of all" ? "days".padEnd(widths.dayColumns) : "days";
  const difference = widths.interval === "words" ? "  difference" : "";
  return fitLine(
    columns,
    ["  ", " ".repeat(widths.name), gapOf(widths), style.dim(`${days} ${left}0${right}${difference}`)],
    style,
  );
}

function rowOf(
  { activity, daysWith, result }: ActivityFigures,
  { days }: ActivityComparison,
  widths: Widths,
  scale: Scale,
  columns: number,
  style: TerminalStyle,
): Line {
  const isBold = result.status === "compared" && result.standsOut;
  const weight = (part: Part) => (isBold ? style.bold(part) : part);
  const name = padParts(widths.name, [verbatim(activity.label)], style).map(weight);
  const count =
    widths.days === "of all"
      ? countOf(daysWith, days).padEnd(widths.dayColumns)
      : String(daysWith).padStart(4);
  const start: Part[] = ["  ", ...name, gapOf(widths), count, " "];
  if (result.status !== "compared") {
    const words = result.status === "needs days" ? needsWords(result) : "tied to weekdays";
    if (widths.bar < 29) return fitLine(columns, [...start, words], style);
    return fitLine(
      columns,
      [...start, " ".repeat(columnOf(0, scale)), style.glyphs.axis, ` ${words}`],
      style,
    );
  }
  const bar = intervalBar({ mean: result.difference, interval: result.interval }, scale, style, 0);
  return fitLine(
    columns,
    [
      ...start,
      weight(bar),
      columns < 60 ? " " : "  ",
      weight(signed(result.difference).padStart(4).padEnd(5)),
      ...intervalPart(result, widths, style),
    ],
    style,
  );
}

/** Between a name and its days; where they stand alone there is room within their columns. */
function gapOf({ days }: Widths): string {
  return days === "alone" ? "" : " ";
}

function intervalPart(
  { interval }: ActivityDifference,
  { interval: form }: Widths,
  style: TerminalStyle,
): Part[] {
  const [low, high] = interval.map(signed) as [string, string];
  if (form === "none") return [];
  return [" ", style.dim(form === "short" ? `(${low} ${high})` : `(${low} to ${high})`)];
}

/** "needs 2 more days", with them unless it says without. */
export function needsWords({ moreWith, moreWithout }: { moreWith: number; moreWithout: number }): string {
  const needs = moreWith > 0 ? [`needs ${counted(moreWith, "more day")}`] : [];
  const without = moreWithout > 0 ? [`needs ${counted(moreWithout, "more day")} without`] : [];
  return [...needs, ...without]
    .join(", ")
    .replace(", needs", " and")
    .replace(/^needs (\d+) more days? and/, "needs $1 more with and");
}

function sentenceOf(shown: Activities, columns: number, style: TerminalStyle): Line[] {
  const { figures } = shown.comparison;
  const one = shown.named === null ? figures[0] : figures.find(({ activity }) => activity.id === shown.named);
  if (!one) return [];
  const label = verbatim(one.activity.label);
  const { result, daysWith, daysWithout } = one;
  if (result.status === "needs days") {
    return paragraph(
      [label, `: ${daysWith} of ${counted(daysWith + daysWithout, "day")}, ${needsWords(result)}.`],
      { columns, style },
    );
  }
  if (result.status === "tied to weekdays") {
    return paragraph([label, " is on the same weekdays each week, so the two cannot be told apart."], {
      columns,
      style,
    });
  }
  const after = shown.lag === 1 ? "after " : "";
  const range = `95 % CI ${signed(result.interval[0])} to ${signed(result.interval[1])}`;
  return paragraph(
    [
      `On ${counted(daysWith, "day")} ${after ? "after one " : ""}with `,
      label,
      ` your mood averaged ${oneDecimal(result.meanWith)}, on ${counted(daysWithout, "day")} ${after ? "after one " : ""}without ${oneDecimal(result.meanWithout)} (${signed(result.difference)}, ${range}, weekday-adjusted). ${ASSOCIATION}${shown.lag === 1 ? " With a lag it is a first look, no more." : ""}`,
    ],
    { columns, style },
  );
}

function togetherLines({ together }: ActivityComparison, columns: number, style: TerminalStyle): Line[] {
  return together.flatMap((labels) =>
    paragraph(
      [
        ...labels.flatMap((label, index) => [index === 0 ? "" : " and ", verbatim(label)]),
        " are always on the same days, so they cannot be told apart.",
      ],
      { columns, style },
    ),
  );
}

function legend({ comparison: { lookedAt } }: Activities, columns: number, style: TerminalStyle): Line[] {
  if (columns < 60) return [];
  const { mean, intervalStart, interval, intervalEnd } = style.glyphs;
  return [
    ...paragraph([`${mean} difference of daily means with and without, steps of the 1 to 5 scale`], {
      columns,
      style,
    }),
    ...paragraph(
      [
        `${intervalStart}${interval}${intervalEnd} 95 % CI; bold where it leaves out 0. Looked at ${lookedAt}, corrected for that.`,
      ],
      { columns, style },
    ),
  ];
}

const PROGRESS_COLUMNS = 10;
const DAYS_NEEDED = 10;

function notYet({ figures, days }: ActivityComparison, columns: number, style: TerminalStyle): Line[] {
  const progress = (count: number) => {
    const done = Math.min(PROGRESS_COLUMNS, count);
    const [full, left] = [style.glyphs.progress, style.glyphs.progressLeft];
    return `${full.repeat(done)}${left.repeat(PROGRESS_COLUMNS - done)}`;
  };
  const words =
    days === 0
      ? ["No day with entries here yet. `moodsync log mood 4 -a run` begins."]
      : [
          `Not enough days yet. An activity is compared once there are ${DAYS_NEEDED} days with it and ${DAYS_NEEDED} without.`,
        ];
  return [
    ...paragraph(words, { columns, style }),
    ...figures.map(({ activity, daysWith, daysWithout }) => {
      const name = padParts(12, [verbatim(activity.label)], style);
      const bars =
        columns < 60
          ? [` ${String(daysWith).padStart(3)} with ${String(daysWithout).padStart(3)} without`]
          : [
              ` ${String(daysWith).padStart(3)} with  ${progress(daysWith)}  ${String(daysWithout).padStart(3)} without  ${progress(daysWithout)}`,
            ];
      return fitLine(columns, ["  ", ...name, ...bars], style);
    }),
  ];
}

function plainLines({ span, comparison, lag, named }: Activities, style: TerminalStyle): Line[] {
  const { figures, days, together } = comparison;
  const after = lag === 1 ? " on the day after it" : " with it";
  const shown = named === null ? figures : figures.filter(({ activity }) => activity.id === named);
  return [
    style.line(
      `${lag === 0 ? "What goes with your days" : "What goes with the day after"}, ${rangeWords(span, true)}: ${counted(days, "day")} with entries.`,
    ),
    ...(comparison.lookedAt === 0 && days > 0
      ? [
          style.line(
            `An activity is compared once there are ${DAYS_NEEDED} days with it and ${DAYS_NEEDED} without.`,
          ),
        ]
      : []),
    ...shown.map(({ activity, daysWith, result }) =>
      style.line(
        verbatim(activity.label),
        `: ${daysWith} of ${counted(days, "day")}. ${plainResult(result, after)}`,
      ),
    ),
    ...together.map((labels) =>
      style.line(
        ...labels.flatMap((label, index) => [index === 0 ? "" : " and ", verbatim(label)]),
        " are always on the same days, so they cannot be told apart.",
      ),
    ),
  ];
}

function plainResult(result: ActivityFigures["result"], after: string): string {
  if (result.status === "needs days") {
    const words = needsWords(result);
    return `${words.charAt(0).toUpperCase()}${words.slice(1)}.`;
  }
  if (result.status === "tied to weekdays")
    return "On the same weekdays each week, so the two cannot be told apart.";
  const [low, high] = result.interval.map(levelWords) as [string, string];
  const range =
    result.interval[0] < 0 && result.interval[1] > 0
      ? `${low} to ${high}, which holds no difference`
      : `${low} to ${high}`;
  return `Mood ${levelWords(result.difference)}${after}, 95 percent interval ${range}, weekday-adjusted. An association; it can run either way.`;
}

/** "0.6 higher". */
function levelWords(difference: number): string {
  const size = signed(Math.abs(difference)).replace("+", "");
  return size === "0.0" ? "no different" : `${size} ${difference < 0 ? "lower" : "higher"}`;
}
