import type { Instrument } from "../../assessments/instrument.ts";
import { SCORED_AS_PHQ8 } from "../../assessments/score.ts";
import type { AssessmentResult, AssessmentSeries } from "../../insights/assessments.ts";
import { datePartsOf, dayWords } from "../day-words.ts";
import { counted, signedWhole } from "../number-words.ts";
import { type Html, html, when } from "./html.ts";
import { publishedWords } from "./score-words.ts";

/** Days with results that the table has room for. */
const MOST_ROWS = 10;

/** Beside a score that is one of the PHQ-8. */
export const PHQ8_SIGN = "‡";

/** The newest results of one or two assessments, a row a day, and what the signs beside them mean. */
export function resultsTable(series: readonly AssessmentSeries[], year: number): Html {
  const days = [...new Set(series.flatMap(({ results }) => results.map(({ day }) => day)))].sort(
    (a, b) => b - a,
  );
  const shown = days.slice(0, MOST_ROWS);
  const hasPhq8 = series.some(({ results }) => results.some(({ isScoredAsPhq8 }) => isScoredAsPhq8));
  const instruments = series.flatMap(({ instrument }) => instrument ?? []);
  return html`<table class="results">
<thead><tr><th scope="col">Day</th>${series.map(({ type }) => html`<th scope="colgroup" colspan="3">${type}</th>`)}</tr></thead>
<tbody>${shown.map(
    (day) =>
      html`<tr><th scope="row">${dayWords(day, { year })}</th>${series.map(({ results, instrument }) =>
        cellsOf(
          results.findLast((result) => result.day === day),
          instrument,
        ),
      )}</tr>
`,
  )}</tbody></table>
<p class="quiet">${when(days.length > MOST_ROWS, () => html`${counted(days.length - MOST_ROWS, "earlier day")} not in the table. `)}${when(hasPhq8, () => html`${PHQ8_SIGN} ${SCORED_AS_PHQ8}. `)}${publishedWords(instruments)}</p>`;
}

function cellsOf(result: AssessmentResult | undefined, instrument: Instrument | undefined): Html {
  if (!result) return html`<td></td><td></td><td></td>`;
  const { score, isScoredAsPhq8, band, sinceLast } = result;
  const short = instrument?.bands.find(({ severity }) => severity === band)?.short ?? band;
  const sign = sinceLast?.verdict === "reliable" ? "†" : "";
  return html`<td class="score">${score}${when(isScoredAsPhq8, () => html`${PHQ8_SIGN}`)}</td><td>${short}</td><td class="change">${sinceLast ? signedWhole(sinceLast.points) : ""}${sign}</td>`;
}

/** All years of the results in one, or none that the rows may leave out. */
export function commonYear(series: readonly AssessmentSeries[]): number {
  const years = new Set(series.flatMap(({ results }) => results.map(({ day }) => datePartsOf(day).year)));
  return years.size === 1 ? [...years][0]! : 0;
}
