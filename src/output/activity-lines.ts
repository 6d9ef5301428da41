import { type ActivityComparison, DAYS_NEEDED } from "../insights/activities.ts";
import type { Span } from "../insights/day.ts";
import { plainActivityLines } from "./activity-plain.ts";
import { activityTable } from "./activity-table.ts";
import { averageParts, isTooEarly, NEEDED_WORDS, needsWords, verdictParts } from "./activity-words.ts";
import { rangeWords } from "./day-words.ts";
import { fitLine, padParts } from "./fit-line.ts";
import { counted, signed } from "./number-words.ts";
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

export function activityLines(shown: Activities, columns: number, style: TerminalStyle): Line[] {
  const { comparison, span } = shown;
  if (style.isPlain) return plainActivityLines(shown, style);
  const counts = ` · ${rangeWords(span)} · ${counted(comparison.days, "day")} with entries`;
  const narrow = ` · ${counted(comparison.days, "day")}`;
  const title =
    columns < 76
      ? [
          fitLine(columns, ["  ", style.bold(titleOf(shown))], style),
          fitLine(columns, [`  ${rangeWords(span)}${narrow}`], style),
        ]
      : [fitLine(columns, ["  ", style.bold(titleOf(shown)), counts], style)];
  if (isTooEarly(comparison)) {
    const sentence = shown.named === null ? [] : [style.line(), ...sentenceOf(shown, columns, style)];
    return [...title, style.line(), ...notYet(comparison, columns, style), ...sentence];
  }
  return [
    ...title,
    style.line(),
    ...activityTable(comparison, columns, style),
    style.line(),
    ...sentenceOf(shown, columns, style),
    ...togetherLines(comparison, columns, style),
    ...(comparison.lookedAt > 0 ? [style.line(), ...legend(comparison, columns, style)] : []),
  ];
}

function titleOf({ lag }: Activities): string {
  return lag === 0 ? "What goes with your days" : "What goes with the day after";
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
    return paragraph([label, " is on the same weekdays each week, so the two cannot be separated."], {
      columns,
      style,
    });
  }
  const range = `95 % CI ${signed(result.interval[0])} to ${signed(result.interval[1])}`;
  return paragraph(
    [
      ...averageParts(one, shown.lag),
      ` (${signed(result.difference)}, ${range}, weekday-adjusted). ${ASSOCIATION}${shown.lag === 1 ? " With a lag it is a first look, no more." : ""}`,
    ],
    { columns, style },
  );
}

function togetherLines({ together }: ActivityComparison, columns: number, style: TerminalStyle): Line[] {
  return together.flatMap((labels) =>
    paragraph(
      [
        ...labels.flatMap((label, index) => [index === 0 ? "" : " and ", verbatim(label)]),
        " are always on the same days, so they cannot be separated.",
      ],
      { columns, style },
    ),
  );
}

function legend(comparison: ActivityComparison, columns: number, style: TerminalStyle): Line[] {
  if (columns < 60) return [];
  const { mean, intervalStart, interval, intervalEnd } = style.glyphs;
  const verdict: Part[] = style.hasWeight
    ? [`; bold where it leaves out 0. Looked at ${comparison.lookedAt}, corrected for that.`]
    : [". ", ...verdictParts(comparison)];
  return [
    ...paragraph([`${mean} difference of daily means with and without, steps of the 1 to 5 scale`], {
      columns,
      style,
    }),
    ...paragraph([`${intervalStart}${interval}${intervalEnd} 95 % CI`, ...verdict], { columns, style }),
  ];
}

function notYet({ figures, days }: ActivityComparison, columns: number, style: TerminalStyle): Line[] {
  const progress = (count: number) => {
    const done = Math.min(DAYS_NEEDED, count);
    const [full, left] = [style.glyphs.progress, style.glyphs.progressLeft];
    return `${full.repeat(done)}${left.repeat(DAYS_NEEDED - done)}`;
  };
  const words =
    days === 0
      ? ["No day with entries here yet. `moodsync log mood 4 -a run` begins."]
      : ["Not enough days yet.", NEEDED_WORDS];
  return [
    ...words.flatMap((sentence) => paragraph([sentence], { columns, style })),
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
