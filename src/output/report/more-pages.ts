import { isScoredAsPhq8, SCORED_AS_PHQ8 } from "../../assessments/score.ts";
import { moodName } from "../../domain/entities/mood-name.ts";
import { parseTimestamp } from "../../domain/time/timestamp.ts";
import type { AssessmentSeries } from "../../insights/assessments.ts";
import { datePartsOf, dayWords } from "../day-words.ts";
import { formatClock, formatLongDate } from "../moment.ts";
import { activityBlock } from "./activity-block.ts";
import { type Html, html, when } from "./html.ts";
import {
  type AnswerSheet,
  FIRST_PAGE_ACTIVITIES,
  FIRST_PAGE_SERIES,
  type Report,
  type ReportNote,
} from "./report.ts";
import { commonYear, PHQ8_SIGN, resultsTable } from "./results-table.ts";
import { scoreFigure } from "./score-figure.ts";

/** Times of an assessment that a table of answers has room for. */
const MOST_TIMES = 8;
const NOT_ANSWERED = "–";

/** What was asked for beside the first page, on a page of its own; nothing where nothing was. */
export function morePages({ more, comparison, series }: Report): Html {
  const further = more.isWhole ? series.slice(FIRST_PAGE_SERIES) : [];
  const hasActivities = more.isWhole && comparison.lookedAt > FIRST_PAGE_ACTIVITIES;
  if (more.notes.length === 0 && more.answers === null && !more.isWhole) return html``;
  return html`<section class="more" aria-label="Further figures">
${when(more.notes.length > 0, () => html`<h2>Notes</h2>${more.notes.map(noteOf)}`)}
${when(more.answers !== null, () => answersBlock(more.answers!))}
${when(more.isWhole, () => furtherBlock(further))}
${when(hasActivities, () => html`<div class="block half"><h2>All activities</h2>${activityBlock(comparison, { id: "all-activities", most: Number.POSITIVE_INFINITY })}</div>`)}
${when(more.isWhole && !hasActivities, () => html`<p class="block">The first page shows all activities that could be compared.</p>`)}
</section>`;
}

function noteOf({ recordedAt, value, text }: ReportNote): Html {
  const time = parseTimestamp(recordedAt)!;
  return html`<div class="note"><h3>${formatLongDate(time)}, ${formatClock(time)} <span>${value} ${moodName(value)}</span></h3><p>${text}</p></div>`;
}

function answersBlock(sheets: readonly AnswerSheet[]): Html {
  return html`<div class="block"><h2>Single answers</h2>${
    sheets.length === 0
      ? html`<p>No result has its answers; a score from elsewhere has none.</p>`
      : sheets.map(sheetOf)
  }</div>`;
}

function sheetOf({ type, items, options, times }: AnswerSheet): Html {
  const shown = times.slice(-MOST_TIMES);
  const { year } = datePartsOf(shown.at(-1)!.day);
  const isPhq8 = (answers: readonly (number | null)[]) => isScoredAsPhq8({ assessment_type: type, answers });
  return html`<table class="answers"><thead><tr><th scope="col">${type}</th>${shown.map(({ day }) => html`<th scope="col">${dayWords(day, { year })}</th>`)}</tr></thead>
<tbody>${items.map(
    (item, index) =>
      html`<tr><th scope="row">${index + 1}. ${item}</th>${shown.map(({ answers }) => html`<td>${answers[index] ?? NOT_ANSWERED}</td>`)}</tr>
`,
  )}<tr><th scope="row">Score</th>${shown.map(({ score, answers }) => html`<td>${score}${when(isPhq8(answers), () => html`${PHQ8_SIGN}`)}</td>`)}</tr></tbody></table>
<p class="quiet">${options.join(", ")}, ${NOT_ANSWERED} not answered.${when(
    shown.some(({ answers }) => isPhq8(answers)),
    () => html` ${PHQ8_SIGN} ${SCORED_AS_PHQ8}.`,
  )}${when(times.length > shown.length, () => html` The latest ${MOST_TIMES} of ${times.length}.`)}</p>`;
}

function furtherBlock(series: readonly AssessmentSeries[]): Html {
  if (series.length === 0) return html`<p class="block">The first page shows all assessments.</p>`;
  return html`<div class="block"><h2>Further assessments</h2>${series.map(
    (one, index) =>
      html`<div class="halves"><div>${scoreHeading(one)}${scoreFigure(one, FIRST_PAGE_SERIES + index)}</div><div>${resultsTable([one], commonYear([one]))}</div></div>`,
  )}</div>`;
}

/** "PHQ-9 higher is more symptoms". */
export function scoreHeading({ type, instrument }: AssessmentSeries): Html {
  return html`<h3>${type} ${when(instrument !== undefined, () => html`<span>higher is ${instrument!.higherIs}</span>`)}</h3>`;
}
