import { MOOD_NAMES } from "../../domain/entities/mood-name.ts";
import type { AssessmentSeries } from "../../insights/assessments.ts";
import { meanOf } from "../../insights/centre.ts";
import { entriesOf, lengthOf, moodOf, type Span } from "../../insights/day.ts";
import { DAYS_FOR_LINE } from "../../insights/trend.ts";
import { changePointWords, fewDays, type Trend } from "../chart-lines.ts";
import { datePartsOf, dayWords, monthName, rangeWords } from "../day-words.ts";
import { truncate } from "../display-width.ts";
import { counted, oneDecimal } from "../number-words.ts";
import { levelOf, type PaletteName, TRUE_COLOUR } from "../palette.ts";
import { type FigureData, figure, pathThrough, px } from "./figure.ts";
import { type Html, html, when } from "./html.ts";
import { PHQ8_SIGN } from "./results-table.ts";
import { type TimeScale, timeAxis, xOfDay } from "./time-axis.ts";

const WIDTH = 680;
const LEFT = 52;
const RIGHT = 672;
const TOP = 26;
const PX_OF_STEP = 25.5;
const AXIS = TOP + 4 * PX_OF_STEP + 8;
const HEIGHT = AXIS + 18;
/** In longer spans a dot for each day would be a smear, so there is the line alone. */
const MOST_DOT_DAYS = 731;
/** Longer spans say their figures by month. */
const MOST_DAY_ROWS = 120;
const PX_OF_LETTER = 6;

const yOf = (value: number) => TOP + (5 - value) * PX_OF_STEP;

/** Mood day by day: a dot a day, the running mean, hatching where there is no entry, the assessments, and where the
 *  level changed. Height says what colour says. */
export function trendFigure(
  trend: Trend,
  series: readonly AssessmentSeries[],
  { palette }: { palette: PaletteName },
): Html {
  const { span, days, means, window, changes } = trend;
  const scale: TimeScale = { span, left: LEFT, right: RIGHT };
  const hasDots = lengthOf(span) <= MOST_DOT_DAYS;
  const hasLine = days.length >= DAYS_FOR_LINE;
  const radius = px(Math.min(2.7, Math.max(1.1, ((RIGHT - LEFT) / lengthOf(span)) * 0.4)));
  const colours = TRUE_COLOUR[palette].light.colours;
  const line = Array.from(means, (mean, at) =>
    Number.isNaN(mean) ? null : { x: xOfDay(span.from + at, scale), y: yOf(mean) },
  );
  const drawing = html`<defs><pattern id="hatch" width="5" height="5" patternUnits="userSpaceOnUse" patternTransform="rotate(45)"><path d="M0 0V5" stroke="#9aa0a8" stroke-width="1"/></pattern></defs>
${gapsOf(trend, hasDots ? 1 : 7).map(
  ({ from, to }) =>
    html`<rect x="${px(edge(from, scale))}" y="${TOP - 5}" width="${px(edge(to + 1, scale) - edge(from, scale))}" height="${px(AXIS - TOP + 5)}" fill="url(#hatch)"/>`,
)}
${MOOD_NAMES.map(
  (name, index) =>
    html`<path d="M${LEFT} ${px(yOf(index + 1))}H${RIGHT}" stroke="#d9dce0" stroke-width="0.8"/><text x="${LEFT - 8}" y="${px(yOf(index + 1) + 3.5)}" text-anchor="end">${name} ${index + 1}</text>`,
)}
${timeAxis(scale, AXIS)}
${assessmentMarks(series, scale)}
${changes.map(({ day }) => html`<path d="M${px(edge(day, scale))} ${px(AXIS)}l-4 -7h8z" fill="#14181f"/>`)}
${when(
  hasDots,
  () =>
    html`${days.map(
      (day) =>
        html`<circle cx="${px(xOfDay(day.day, scale))}" cy="${px(yOf(moodOf(day)))}" r="${radius}" fill="#${colours[levelOf(moodOf(day)) - 1]!}"/>`,
    )}`,
)}
${when(hasLine, () => html`<path d="${pathThrough(line)}" fill="none" stroke="#14181f" stroke-width="1.5" stroke-linejoin="round"/>`)}`;
  const words = legendWords(trend, { hasDots, hasLine, hasAssessments: marksOf(series, span).length > 0 });
  return html`${figure({
    id: "trend",
    width: WIDTH,
    height: HEIGHT,
    title: `Mood day by day, ${rangeWords(span, true)}`,
    description: `${counted(days.length, "day")} with entries, from 1 awful to 5 great, and the ${window.days}-day mean. ${changeSentences(trend)}`,
    drawing,
    data: dataOf(trend),
    isWide: true,
  })}<p class="quiet">${words}</p>`;
}

function edge(day: number, { span, left, right }: TimeScale): number {
  return left + ((day - span.from) / lengthOf(span)) * (right - left);
}

/** Rows of days without entries, of at least that many days. */
export function gapsOf({ span, days }: Pick<Trend, "span" | "days">, atLeast: number): Span[] {
  const ends = [span.from - 1, ...days.map(({ day }) => day), span.to + 1];
  return ends
    .slice(1)
    .map((day, index) => ({ from: ends[index]! + 1, to: day - 1 }))
    .filter((gap) => lengthOf(gap) >= atLeast);
}

/** The results within the span by day, each day's in one label: "PHQ-9 10 · GAD-7 9". */
function marksOf(series: readonly AssessmentSeries[], span: Span): { day: number; label: string }[] {
  const days = new Set(series.flatMap(({ results }) => results.map(({ day }) => day)));
  return [...days]
    .filter((day) => day >= span.from && day <= span.to)
    .sort((a, b) => a - b)
    .map((day) => ({ day, label: labelOf(series, day) }));
}

/** Of several results of a day the last one, as in the table. */
function labelOf(series: readonly AssessmentSeries[], day: number): string {
  return series
    .flatMap(({ type, results }) => {
      const last = results.findLast((result) => result.day === day);
      return last ? [`${truncate(type, 16)} ${last.score}${last.isScoredAsPhq8 ? PHQ8_SIGN : ""}`] : [];
    })
    .join(" · ");
}

/** A dashed line for each; a label that would run into the one before it is left out. */
function assessmentMarks(series: readonly AssessmentSeries[], scale: TimeScale): Html {
  let taken = 0;
  return html`${marksOf(series, scale.span).map(({ day, label }) => {
    const x = xOfDay(day, scale);
    const width = label.length * PX_OF_LETTER;
    const start = Math.min(WIDTH - width, Math.max(LEFT, x - width / 2));
    const isShown = start >= taken;
    if (isShown) taken = start + width + 8;
    const isAtEnd = start < x - width / 2;
    const line = html`<path d="M${px(x)} 14V${px(AXIS)}" stroke="#14181f" stroke-width="0.9" stroke-dasharray="2 2"/>`;
    return isShown
      ? html`${line}<text class="strong" x="${px(isAtEnd ? WIDTH : start + width / 2)}" y="10" text-anchor="${isAtEnd ? "end" : "middle"}">${label}</text>`
      : line;
  })}`;
}

function legendWords(
  trend: Trend,
  { hasDots, hasLine, hasAssessments }: { hasDots: boolean; hasLine: boolean; hasAssessments: boolean },
): string {
  const { days, window } = trend;
  return [
    ...(hasDots ? ["Dot: a day, the mean of its entries."] : []),
    hasLine
      ? `Line: ${window.days}-day mean, where ${window.needed} of ${window.days} days have entries.`
      : fewDays(days.length),
    hasDots ? "Hatched: no entry." : "Hatched: no entry for 7 days or more.",
    ...(hasAssessments ? ["Dashed: an assessment on that day."] : []),
    changeSentences(trend),
  ]
    .join(" ")
    .trim();
}

/** "Triangle: the level of mood changed about 20 Sep (14 Sep to 24 Sep), from 3.8 to 2.4." */
function changeSentences({ changes, span }: Trend): string {
  if (changes.length === 0) return "";
  return `Triangle: the level of mood changed ${changes.map((change) => changePointWords(change, span)).join("; ")}.`;
}

function dataOf(trend: Trend): FigureData {
  const { span, days, means } = trend;
  const mean = (at: number) => (Number.isNaN(means[at]!) ? "none" : oneDecimal(means[at]!));
  if (lengthOf(span) <= MOST_DAY_ROWS) {
    return {
      head: ["Day", "Mood", "Entries", `${trend.window.days}-day mean`],
      rows: days.map((day) => [
        dayWords(day.day, { isLong: true }),
        oneDecimal(moodOf(day)),
        String(entriesOf(day)),
        mean(day.day - span.from),
      ]),
    };
  }
  const months = new Map<string, number[]>();
  for (const day of days) {
    const { year, month } = datePartsOf(day.day);
    const name = `${monthName(month, true)} ${year}`;
    months.set(name, [...(months.get(name) ?? []), moodOf(day)]);
  }
  return {
    head: ["Month", "Mean of its days", "Days with entries"],
    rows: [...months].map(([name, values]) => [name, oneDecimal(meanOf(values)), String(values.length)]),
  };
}
