import { SCORED_AS_PHQ8 } from "../../assessments/score.ts";
import type { AssessmentSeries } from "../../insights/assessments.ts";
import { lengthOf } from "../../insights/day.ts";
import { datePartsOf, dayWords, rangeWords } from "../day-words.ts";
import { counted, oneDecimal, percent, shortNumber } from "../number-words.ts";
import { changeWords } from "../stats-lines.ts";
import { figure, px } from "./figure.ts";
import { type Html, html, when } from "./html.ts";
import { FIRST_PAGE_SERIES, type Report } from "./report.ts";
import { changeWordsOf } from "./score-words.ts";
import { gapsOf } from "./trend-figure.ts";

const STRIP_WIDTH = 150;
const STRIP_HEIGHT = 13;

/** The figures at the top: mood, the newest scores, and how many days have entries. */
export function tiles(report: Report): Html {
  const scores = report.series.slice(0, FIRST_PAGE_SERIES);
  return html`<div class="${scores.length < FIRST_PAGE_SERIES ? "tiles tiles-3" : "tiles"}">
${moodTile(report)}
${scores.length === 0 ? html`<div><h2>Assessments</h2><p class="quiet">No results yet.</p></div>` : scores.map((series) => scoreTile(series, report))}
${coverageTile(report)}
</div>`;
}

function moodTile({ stats: { summary, change, span } }: Report): Html {
  const { centre } = summary;
  return html`<div><h2>Mood, 1 awful to 5 great</h2>
${
  centre
    ? html`<p><span class="large">${oneDecimal(centre.mean)}</span> mean of days</p>
<p class="quiet">median ${shortNumber(centre.median)}, half of the days from ${oneDecimal(centre.quartiles[0])} to ${oneDecimal(centre.quartiles[1])}</p>`
    : html`<p class="quiet">No entry in this time.</p>`
}
${when(change !== null && centre !== null, () => html`<p class="quiet">${changeWords(change!, span)}</p>`)}</div>`;
}

function scoreTile({ type, instrument, results }: AssessmentSeries, { span }: Report): Html {
  const last = results.at(-1)!;
  const { year } = datePartsOf(span.to);
  const range =
    instrument && last.highestScore !== null ? `, ${instrument.score.min} to ${last.highestScore}` : "";
  const since = last.sinceFirst
    ? `; ${changeWordsOf(last.sinceFirst, results[0]!.day, instrument, year)}`
    : "; the first result";
  const scoring = last.isScoredAsPhq8 ? `; ${SCORED_AS_PHQ8}` : "";
  return html`<div><h2>${type}${range}</h2>
<p><span class="large">${last.score}</span> ${last.band}</p>
<p class="quiet">on ${dayWords(last.day, { year })}${scoring}${since}</p></div>`;
}

function coverageTile({ stats: { summary }, trend }: Report): Html {
  const { span, days } = trend;
  const gaps = gapsOf(trend, 1);
  const xOf = (day: number) => ((day - span.from) / lengthOf(span)) * STRIP_WIDTH;
  const strip = figure({
    id: "coverage",
    width: STRIP_WIDTH,
    height: STRIP_HEIGHT,
    title: "Days with entries",
    description: `${days.length} of ${counted(lengthOf(span), "day")}; a gap is a day without an entry.`,
    drawing: html`<rect x="0.4" y="0.4" width="${STRIP_WIDTH - 0.8}" height="${STRIP_HEIGHT - 0.8}" fill="#14181f" stroke="#14181f" stroke-width="0.8"/>${gaps.map(
      ({ from, to }) =>
        html`<rect x="${px(xOf(from))}" y="1" width="${px(xOf(to + 1) - xOf(from))}" height="${STRIP_HEIGHT - 2}" fill="#ffffff"/>`,
    )}`,
    data: {
      head: ["Without an entry", "Days"],
      rows:
        gaps.length === 0
          ? [["none", "0"]]
          : gaps.map((gap) => [rangeWords(gap, true), String(lengthOf(gap))]),
    },
  });
  return html`<div><h2>Coverage</h2>
<p><span class="large">${summary.days}</span> of ${counted(summary.spanDays, "day")}, ${percent(summary.coverage).replace(" ", "\u00a0")}</p>
${strip}<p class="quiet">${counted(summary.entries, "entry", "entries")}. Days without one are left open, never filled in.</p></div>`;
}
