import type { Instrument } from "../assessments/instrument.ts";
import { SCORED_AS_PHQ8 } from "../assessments/score.ts";
import type { AssessmentResult, AssessmentSeries } from "../insights/assessments.ts";
import { moodWords, plainAssessmentLines } from "./assessment-plain.ts";
import { dayWords } from "./day-words.ts";
import { fitLine, padParts, widthOf } from "./fit-line.ts";
import type { Scale } from "./interval-bar.ts";
import { signedWhole } from "./number-words.ts";
import { paragraph } from "./paragraph.ts";
import { scaleBar, scaleHeading, scaleOf } from "./score-scale.ts";
import { sparkline } from "./sparkline.ts";
import { type Line, type Part, type TerminalStyle, verbatim } from "./terminal-style.ts";

const COLUMNS_FOR_SCALE = 76;
const COLUMNS_FOR_MOOD = 100;
const MOST_BAND_COLUMNS = 18;
const MOST_BARS = 10;

interface ShownResults {
  /** How many of each assessment. */
  rows: number;
  /** The year whose dates do not say it. */
  year: number;
  /** Id of the one that is marked, on a screen. */
  selected?: string | null;
}

/** Each assessment with its latest results, newest first, and how they differ. */
export function assessmentLines(
  series: readonly AssessmentSeries[],
  columns: number,
  style: TerminalStyle,
  shown: ShownResults,
): Line[] {
  if (style.isPlain) return series.flatMap((one) => plainAssessmentLines(one, style, shown));
  return [
    ...series.flatMap((one) => [...seriesLines(one, columns, style, shown), style.line()]),
    ...legend(columns, style),
  ];
}

function seriesLines(
  series: AssessmentSeries,
  columns: number,
  style: TerminalStyle,
  { rows, year, selected }: ShownResults,
): Line[] {
  const { type, instrument, results } = series;
  const newest = [...results].reverse();
  const shown = newest.slice(0, rows);
  const dateColumns = Math.max(6, ...shown.map((result) => dateWords(result, columns, year).length));
  const hasScale = columns >= COLUMNS_FOR_SCALE && instrument !== undefined;
  const scale = instrument ? scaleOf(instrument) : null;
  const bandColumns = bandColumnsFor(
    shown,
    instrument,
    columns - dateColumns - (hasScale ? 13 + scale!.columns : 8),
    columns,
    style,
  );
  const range = instrument ? `  ${instrument.score.min} to ${instrument.score.max}` : "";
  const direction = instrument ? `higher is ${instrument.higherIs}` : "";
  const history = historyOf(series, style);
  const title: Part[] = [
    "  ",
    style.bold(verbatim(type)),
    range,
    columns < 60 ? "" : instrument ? `, ${direction}` : "",
  ];
  const room = Math.min(columns, 78) - widthOf(title, style) - history.length;
  return [
    fitLine(columns, room > 1 ? [...title, " ".repeat(room), history] : title, style),
    ...(columns < 60 && instrument ? [fitLine(columns, [style.dim(`  ${direction}`)], style)] : []),
    ...(hasScale ? [headingLine(instrument, scale!, { dateColumns, bandColumns }, columns, style)] : []),
    ...shown.flatMap((result, index) => [
      resultLine(result, newest[index + 1], hasScale ? { instrument, scale: scale! } : null, columns, style, {
        dateColumns,
        bandColumns,
        year,
        isSelected: result.id === selected,
      }),
      ...scoringLine(result, columns, style, dateColumns),
    ]),
    ...(newest.length > 1
      ? paragraph([sinceFirstWords(series, rows, columns, year)], { columns, style })
      : []),
  ];
}

/** As many columns as bands have beside the changes, which are never cut for them; `room` is what both have. */
function bandColumnsFor(
  results: readonly AssessmentResult[],
  instrument: Instrument | undefined,
  room: number,
  columns: number,
  style: TerminalStyle,
): number {
  const bands = results.map((result) => widthOf([verbatim(bandWords(result, instrument))], style));
  const changes = results.map((result) => changeWords(result, columns).length);
  return Math.min(MOST_BAND_COLUMNS, Math.max(...bands, room - Math.max(...changes)));
}

/** The limits of the bands over the scale. */
function headingLine(
  instrument: Instrument,
  scale: Scale,
  { dateColumns, bandColumns }: { dateColumns: number; bandColumns: number },
  columns: number,
  style: TerminalStyle,
): Line {
  const mood = columns >= COLUMNS_FOR_MOOD ? `${" ".repeat(18)}mood of the 14 days` : "";
  return fitLine(
    columns,
    [
      "  ",
      style.dim(
        `${" ".repeat(dateColumns)}score   ${scaleHeading(instrument, scale)}${"band".padEnd(bandColumns)} change${mood}`,
      ),
    ],
    style,
  );
}

function resultLine(
  result: AssessmentResult,
  before: AssessmentResult | undefined,
  drawn: { instrument: Instrument; scale: Scale } | null,
  columns: number,
  style: TerminalStyle,
  {
    dateColumns,
    bandColumns,
    year,
    isSelected,
  }: { dateColumns: number; bandColumns: number; year: number; isSelected: boolean },
): Line {
  const date = dateWords(result, columns, year).padEnd(dateColumns);
  const score = style.bold(String(result.score).padStart(drawn ? 5 : 3));
  const band = padParts(bandColumns, [verbatim(bandWords(result, drawn?.instrument))], style);
  const bar = drawn ? ["   ", scaleBar(result, before, drawn, style), "  "] : ["  "];
  const mood =
    columns >= COLUMNS_FOR_MOOD && drawn
      ? moodWords(result).padStart(24 - changeWords(result, columns).length + moodWords(result).length)
      : "";
  return fitLine(
    columns,
    [
      isSelected ? ` ${style.glyphs.selected}` : "  ",
      isSelected ? style.bold(date) : date,
      score,
      ...bar,
      ...band,
      " ",
      changeWords(result, columns),
      ...(mood === "" ? [] : [style.dim(mood)]),
    ],
    style,
  );
}

/** Below a result that is one of another form. */
function scoringLine(
  { isScoredAsPhq8 }: AssessmentResult,
  columns: number,
  style: TerminalStyle,
  dateColumns: number,
): Line[] {
  if (!isScoredAsPhq8) return [];
  const indent = columns < 60 ? 4 : dateColumns + 4;
  return [fitLine(columns, [" ".repeat(indent), style.dim(SCORED_AS_PHQ8)], style)];
}

/** With the year where it is another one and there is room. */
function dateWords({ day }: AssessmentResult, columns: number, year: number): string {
  return dayWords(day, { year: columns < 60 ? undefined : year });
}

function bandWords({ band }: AssessmentResult, instrument: Instrument | undefined): string {
  return instrument?.bands.find(({ severity }) => severity === band)?.short ?? band;
}

/** "−2", "+6 reliable", "+3 not comparable"; nothing for the first. */
function changeWords({ sinceLast }: AssessmentResult, columns: number): string {
  if (!sinceLast) return "";
  const points = signedWhole(sinceLast.points);
  if (sinceLast.verdict === "reliable") return `${points} ${columns < 60 ? "rel." : "reliable"}`;
  return sinceLast.verdict === "not comparable" && columns >= 60 ? `${points} not comparable` : points;
}

/** "since the first, 12 Mar (14 moderate): −8, reliable: 6 or more · 5 more". */
function sinceFirstWords({ results }: AssessmentSeries, rows: number, columns: number, year: number): string {
  const [first, last] = [results[0]!, results.at(-1)!];
  const change = last.sinceFirst!;
  const when = dayWords(first.day, { year });
  const start =
    columns < 60
      ? `since ${when} (${first.score})`
      : `since the first, ${when} (${[first.score, first.band].join(" ").trim()})`;
  const verdict = {
    reliable: columns < 60 ? ", reliable" : `, reliable: ${change.reliablePoints} or more`,
    "not reliable": columns < 60 ? "" : `, not reliable: that is ${change.reliablePoints} or more`,
    "not comparable": ", not comparable",
    "no figure": "",
  }[change.verdict];
  const more = results.length > rows ? ` · ${results.length - rows} more` : "";
  return `${start}: ${signedWhole(change.points)}${verdict}${more}`;
}

function legend(columns: number, style: TerminalStyle): Line[] {
  const { before, isAscii } = { ...style.glyphs, isAscii: style.isAscii };
  if (columns < 60)
    return paragraph(["rel.: a reliable change. Screening ranges, not diagnoses."], { columns, style });
  return [
    ...(columns >= COLUMNS_FOR_SCALE
      ? paragraph(
          [
            `${isAscii ? "*" : style.glyphs.mean} score   ${before} the one before   ${isAscii ? "+" : "┼"} a band begins`,
          ],
          { columns, style },
        )
      : []),
    ...paragraph(["Screening ranges, not diagnoses. Sources: moodsync assessments --sources"], {
      columns,
      style,
    }),
  ];
}

/** The latest scores over the range of the instrument, or over their own; one alone is no line. */
function historyOf({ instrument, results }: AssessmentSeries, style: TerminalStyle): string {
  const scores = results.map(({ score }) => score).slice(-MOST_BARS);
  if (scores.length < 2) return "";
  const own = { min: Math.min(...scores), max: Math.max(...scores) };
  return sparkline(scores, instrument?.score ?? own, style);
}
