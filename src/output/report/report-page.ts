import { createHash } from "node:crypto";
import { lengthOf } from "../../insights/day.ts";
import { dayWords, rangeWords } from "../day-words.ts";
import { counted } from "../number-words.ts";
import { TRUE_COLOUR } from "../palette.ts";
import { activityBlock } from "./activity-block.ts";
import { type Html, html, NOTHING } from "./html.ts";
import { morePages, scoreHeading } from "./more-pages.ts";
import { FIRST_PAGE_ACTIVITIES, FIRST_PAGE_SERIES, type Report } from "./report.ts";
import { commonYear, resultsTable } from "./results-table.ts";
import { scoreFigure } from "./score-figure.ts";
import { REPORT_STYLE } from "./style.ts";
import { tiles } from "./tiles.ts";
import { trendFigure } from "./trend-figure.ts";
import { weekdayBlock } from "./weekday-block.ts";

/** A page of HTML that stands by itself: it loads nothing, runs nothing, and its policy keeps it to that. */
export function reportPage(report: Report): string {
  const { trend, series, stats, weekStart, comparison } = report;
  const shown = series.slice(0, FIRST_PAGE_SERIES);
  const hash = createHash("sha256").update(REPORT_STYLE).digest("base64");
  const page = html`<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta http-equiv="Content-Security-Policy" content="default-src 'none'; style-src 'sha256-${hash}'">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="robots" content="noindex">
<title>Mood and assessments, ${rangeWords(report.span, true)}</title>
<style>${{ markup: REPORT_STYLE }}</style>
</head>
<body>
<main class="page">
${head(report)}
<p class="quiet caution">Self-reported with moodsync by the person it is about. Not a clinical record. Bands are screening ranges, not diagnoses.</p>
${tiles(report)}
<section class="block"><h2>Mood, day by day</h2>
${trendFigure(trend, shown, report)}</section>
${assessments(report)}
<div class="block halves">
<section><h2>By weekday</h2>
${weekdayBlock(stats.weekdays, weekStart)}</section>
<section><h2>What goes with better and worse days</h2>
${activityBlock(comparison, { id: "activities", most: FIRST_PAGE_ACTIVITIES })}</section>
</div>
${foot(report)}
${morePages(report)}
</main>
</body>
</html>
`;
  return page.markup;
}

function head({ span, madeOn, name, palette }: Report): Html {
  const period = `${rangeWords(span, true)}, ${counted(lengthOf(span), "day")}. Made on ${dayWords(madeOn, { year: 0, isLong: true })}.`;
  return html`<header class="head">
<div class="title">${mark(palette)}<h1>Mood and assessments</h1><p>${period}</p></div>
<dl class="who"><div><dt>Name</dt><dd>${name ?? NOTHING}</dd></div><div><dt>Born</dt><dd></dd></div></dl>
</header>`;
}

/** The five bars of moodsync, in the colours of the five moods. */
function mark(palette: Report["palette"]): Html {
  const colours = TRUE_COLOUR[palette].light.colours;
  return html`<svg viewBox="0 0 32 26" aria-hidden="true">${[3, 6, 12, 19, 26].map(
    (height, index) =>
      html`<rect x="${index * 6.4}" y="${26 - height}" width="6.4" height="${height}" fill="#${colours[index]!}"/>`,
  )}</svg>`;
}

function assessments({ series }: Report): Html {
  const shown = series.slice(0, FIRST_PAGE_SERIES);
  if (shown.length === 0)
    return html`<section class="block"><h2>Assessments</h2><p>No results yet.</p></section>`;
  const first = Math.min(...shown.map(({ results }) => results[0]!.day));
  return html`<section class="block"><h2>Assessments, all since ${dayWords(first, { year: 0, isLong: true })}</h2>
<div class="halves"><div>${shown.map((one, index) => html`${scoreHeading(one)}<div class="scores">${scoreFigure(one, index)}</div>`)}</div>
<div>${resultsTable(shown, commonYear(shown))}</div></div></section>`;
}

function foot({ series, version, more, name }: Report): Html {
  const licences = new Set(
    series.slice(0, FIRST_PAGE_SERIES).flatMap(({ instrument }) => instrument?.licence.text ?? []),
  );
  const leftOut = [
    ...(name === null ? ["name"] : []),
    ...(more.notes.length === 0 ? ["notes"] : ["other notes"]),
    ...(more.answers === null ? ["single answers"] : []),
    ...(more.isWhole ? [] : ["other activities and assessments"]),
  ].join(", ");
  return html`<footer class="foot quiet"><p>A day counts once, by the mean of its entries; steps of the scale are taken as equal. Intervals of mood and activities come from moving blocks of days, seeded: the same data print the same figures. Left out unless asked for: ${leftOut}. moodsync ${version}, offline; this page loads nothing. ${[...licences].join(" ")}</p></footer>`;
}
