import type { Band } from "../../assessments/instrument.ts";
import { SCORED_AS_PHQ8 } from "../../assessments/score.ts";
import type { AssessmentSeries } from "../../insights/assessments.ts";
import { dayWords } from "../day-words.ts";
import { truncate } from "../display-width.ts";
import { counted, signedWhole } from "../number-words.ts";
import { figure, pathThrough, px } from "./figure.ts";
import { type Html, html } from "./html.ts";
import { PHQ8_SIGN } from "./results-table.ts";
import { timeAxis, xOfDay } from "./time-axis.ts";

const WIDTH = 326;
const LEFT = 20;
const RIGHT = 236;
const TOP = 8;
const BOTTOM = 90;
const HEIGHT = 106;
/** From the lowest band to the highest; a further one is as dark as the last. */
const GREYS = ["ffffff", "f3f3f1", "e8e8e5", "dadad6", "ccccc8"];
/** Room that a name or a number needs above and below. */
const PX_OF_TEXT = 10;
const BAND_COLUMNS = 17;

/** The scores of an assessment over time as a line over its bands; one beyond their range lies at its end. */
export function scoreFigure({ type, instrument, results }: AssessmentSeries, index: number): Html {
  const scores = results.map(({ score }) => score);
  const low = instrument?.score.min ?? Math.min(...scores);
  const high = Math.max(low + 1, instrument?.score.max ?? Math.max(...scores));
  const yOf = (score: number) => {
    const within = Math.min(high, Math.max(low, score));
    return BOTTOM - ((within - low) / (high - low)) * (BOTTOM - TOP);
  };
  const scale = {
    span: { from: results[0]!.day - 3, to: results.at(-1)!.day + 3 },
    left: LEFT,
    right: RIGHT,
  };
  const places = results.map(({ day, score }) => ({ x: xOfDay(day, scale), y: yOf(score) }));
  const bands = [...(instrument?.bands ?? [])].sort((a, b) => a.from - b.from);
  const drawing = html`${bands.map((band, at) => bandOf(band, bands[at + 1], at, { yOf, high }))}
<rect x="${LEFT}" y="${TOP}" width="${RIGHT - LEFT}" height="${BOTTOM - TOP}" fill="none" stroke="#8a8f97" stroke-width="0.8"/>
${ticksOf([low, ...bands.map(({ from }) => from), high], yOf).map(
  (value) => html`<text x="${LEFT - 5}" y="${px(yOf(value) + 3.5)}" text-anchor="end">${value}</text>`,
)}
${timeAxis(scale, BOTTOM)}
<path d="${pathThrough(places)}" fill="none" stroke="#14181f" stroke-width="1.4"/>
${places.map(({ x, y }) => html`<circle cx="${px(x)}" cy="${px(y)}" r="2.7" fill="#14181f"/>`)}
${[...new Set([0, results.length - 1])].map((at) => {
  const { x, y } = places[at]!;
  const isHigh = y < TOP + 14;
  const [anchor, dx] = at === 0 ? ["start", -2] : ["end", 2];
  return html`<text class="strong" x="${px(x + dx)}" y="${px(isHigh ? y + 13 : y - 6)}" text-anchor="${anchor}">${scores[at]!}${results[at]!.isScoredAsPhq8 ? PHQ8_SIGN : ""}</text>`;
})}`;
  return figure({
    id: `scores-${index}`,
    width: WIDTH,
    height: HEIGHT,
    title: `${type} over time`,
    description: `${counted(results.length, "result")}${instrument ? `, from ${low} to ${high}; higher is ${instrument.higherIs}` : ""}.`,
    drawing,
    data: {
      head: ["Day", "Score", "Range", "Change since the result before"],
      rows: results.map(({ day, score, isScoredAsPhq8, band, sinceLast }) => [
        dayWords(day, { year: 0, isLong: true }),
        isScoredAsPhq8 ? `${score}, ${SCORED_AS_PHQ8}` : String(score),
        band === "" ? "none published" : band,
        sinceLast ? signedWhole(sinceLast.points) : "the first",
      ]),
    },
  });
}

/** A band reaches up to where the next one begins. */
function bandOf(
  { from, to, severity, short }: Band,
  next: Band | undefined,
  at: number,
  { yOf, high }: { yOf: (score: number) => number; high: number },
): Html {
  const [top, bottom] = [yOf(next?.from ?? Math.max(to, high)), yOf(from)];
  const name = short ?? severity;
  return html`<rect x="${LEFT}" y="${px(top)}" width="${RIGHT - LEFT}" height="${px(bottom - top)}" fill="#${GREYS[Math.min(at, GREYS.length - 1)]!}"/>${
    bottom - top >= PX_OF_TEXT
      ? html`<text class="soft" x="${RIGHT + 6}" y="${px((top + bottom) / 2 + 3.5)}">${truncate(name, BAND_COLUMNS)}</text>`
      : html``
  }`;
}

/** The values from low to high for whose numbers there is room; the ends always. */
function ticksOf(values: readonly number[], yOf: (score: number) => number): number[] {
  const sorted = [...new Set(values)].sort((a, b) => a - b);
  const [first, last] = [sorted[0]!, sorted.at(-1)!];
  return sorted.filter((value, index) => {
    if (value === first || value === last) return true;
    const far = (other: number) => Math.abs(yOf(value) - yOf(other)) >= PX_OF_TEXT;
    return far(sorted[index - 1]!) && far(last);
  });
}
