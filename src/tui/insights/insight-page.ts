import type { AssessmentEntry } from "../../domain/entities/assessment-entry.ts";
import type { ZonedTime } from "../../domain/time/timestamp.ts";
import { knownOfEntry } from "../../entries/known-of-entry.ts";
import {
  calendarMonthOf,
  comparedActivities,
  statsOf,
  takenResults,
  trendOf,
  twelveMonthsTo,
} from "../../figures/mood-figures.ts";
import { daysOf, type MoodSpan } from "../../figures/mood-span.ts";
import { dateOfDay } from "../../input/calendar.ts";
import { type ActivityComparison, activityComparisonSteps } from "../../insights/activities.ts";
import { assessmentSeries } from "../../insights/assessments.ts";
import { activityLines } from "../../output/activity-lines.ts";
import { isTooEarly, UNTIL_THEN } from "../../output/activity-words.ts";
import { assessmentLines } from "../../output/assessment-lines.ts";
import { beside } from "../../output/beside.ts";
import { calendarLines } from "../../output/calendar-lines.ts";
import { chartLines } from "../../output/chart-lines.ts";
import { distributionLines } from "../../output/distribution.ts";
import { entityDetails } from "../../output/entity-details.ts";
import { monthsOf } from "../../output/months-of.ts";
import { pixelsLines } from "../../output/pixels-lines.ts";
import { prose } from "../../output/prose.ts";
import { statsLines } from "../../output/stats-lines.ts";
import type { Line, TerminalStyle } from "../../output/terminal-style.ts";
import { weeksGrid } from "../../output/weeks-grid.ts";

/** The pages of the insights, in their order. */
export const INSIGHT_PAGES = ["Trend", "Year", "Activities", "Assessments"] as const;
export type InsightPage = (typeof INSIGHT_PAGES)[number];

/** What a page looks at. */
export interface AskedInsight extends MoodSpan {
  page: InsightPage;
  now: ZonedTime;
  /** 1: the mood of the day after. */
  lag: 0 | 1;
  /** A year as weeks instead of months. */
  byWeeks: boolean;
}

/** A page that is calculated: its lines, by how they are drawn, without a title. */
export interface DrawnInsight {
  draw(columns: number, style: TerminalStyle, selected: string | null): readonly Line[];
  /** What can be selected, in the order of its rows; none without it. */
  rows?: readonly string[];
  /** A row in full; null where it has gone since. */
  open?(row: string, columns: number, style: TerminalStyle): readonly Line[];
}

const NO_RESULTS =
  "No results yet. d begins one; moodsync log assessment phq9 --score 9 takes one from elsewhere.";
const MARGIN = 2;
const RESULTS = 5;
const RESULTS_WIDE = 6;
const COLUMNS_FOR_MORE_RESULTS = 116;
/** Widest for what is no grid. */
const DRAWN_COLUMNS = 80;
/** A title and the blank line below it. */
const TITLE_ROWS = 2;
/** Below it the title of the activities takes two lines. */
const COLUMNS_FOR_ONE_TITLE = 76;

/** Calculates a page in steps. */
export function* insightSteps(asked: AskedInsight): Generator<void, DrawnInsight> {
  yield;
  switch (asked.page) {
    case "Trend":
      return yield* trendSteps(asked);
    case "Year":
      return yearOf(asked);
    case "Activities":
      return yield* activitySteps(asked);
    case "Assessments":
      return resultsOf(asked);
  }
}

function* trendSteps(asked: AskedInsight): Generator<void, DrawnInsight> {
  const { weekStart } = asked;
  const { trend } = trendOf(asked);
  if (asked.isAll && trend.days.length === 0) {
    return {
      draw: (_, style) => [style.line(style.isPlain ? "" : "  ", "Nothing yet. 1 to 5 in Today begins.")],
    };
  }
  yield;
  const stats = statsOf(asked);
  yield;
  const drawn = { weekStart, weekdays: () => stats.weekdays, change: stats.change };
  return {
    draw(columns, style) {
      const chart = chartLines(trend, columns, style, drawn).slice(1);
      if (style.isPlain) return [...statsLines(stats, columns, style, { weekStart }), ...chart];
      const { distribution } = trend.summary;
      return [
        ...chart,
        style.line(),
        ...distributionLines(distribution, Math.min(columns, DRAWN_COLUMNS), style),
      ];
    },
  };
}

function yearOf(asked: AskedInsight): DrawnInsight {
  const year = twelveMonthsTo(asked.span.to, asked.today);
  const days = daysOf(asked, year);
  if (asked.byWeeks) {
    const { weekStart } = asked;
    return {
      draw: (columns, style) =>
        style.isPlain
          ? pixelsLines({ span: year, days }, columns, style)
          : weeksGrid({ span: year, days }, columns, style, { weekStart }),
    };
  }
  const rows = monthsOf(year).map(({ first }) => String(first));
  return {
    rows,
    draw(columns, style, selected) {
      const lines = pixelsLines({ span: year, days }, columns, style);
      return style.isPlain
        ? lines
        : withMark(lines.slice(TITLE_ROWS), 1 + rows.indexOf(selected ?? ""), style);
    },
    open: (row, columns, style) =>
      calendarLines(calendarMonthOf(asked, Number(row)), Math.min(columns, DRAWN_COLUMNS), style, asked),
  };
}

function* activitySteps(asked: AskedInsight): Generator<void, DrawnInsight> {
  const { span, lag } = asked;
  const days = daysOf(asked, span, { activities: true });
  yield;
  const comparison: ActivityComparison = yield* activityComparisonSteps(days, comparedActivities(asked), {
    lag,
  });
  const rows = comparison.figures.map(({ activity }) => activity.id);
  return {
    rows: isTooEarly(comparison) ? [] : rows,
    draw(columns, style, selected) {
      const at = rows.indexOf(selected ?? "");
      const lines = activityLines({ span, comparison, lag, named: at < 0 ? null : selected }, columns, style);
      const isEarly = isTooEarly(comparison) && comparison.days > 0;
      if (style.isPlain) return isEarly ? [...lines, style.line(UNTIL_THEN)] : lines;
      const below = lines.slice(columns < COLUMNS_FOR_ONE_TITLE ? TITLE_ROWS + 1 : TITLE_ROWS);
      if (isEarly) return [...below, style.line(), style.line("  ", UNTIL_THEN)];
      return isTooEarly(comparison) ? below : withMark(below, 1 + at, style);
    },
  };
}

function resultsOf(asked: AskedInsight): DrawnInsight {
  const { db, today, now, dayStartMs } = asked;
  const results = takenResults(asked);
  const series = assessmentSeries(results, daysOf(asked, { from: Number.MIN_SAFE_INTEGER, to: today }));
  if (series.length === 0) {
    return {
      draw(columns, style) {
        const margin = style.isPlain ? "" : "  ";
        return prose(NO_RESULTS, Math.min(columns, DRAWN_COLUMNS) - 4, style).map((line) =>
          style.line(margin, line),
        );
      },
    };
  }
  const { year } = dateOfDay(today);
  const shownRows = (columns: number) => (columns >= COLUMNS_FOR_MORE_RESULTS ? RESULTS_WIDE : RESULTS);
  return {
    rows: series.flatMap((one) =>
      one.results
        .map(({ id }) => id)
        .reverse()
        .slice(0, RESULTS),
    ),
    draw: (columns, style, selected) =>
      assessmentLines(series, columns, style, { rows: shownRows(columns), year, selected }),
    open(row, columns, style) {
      const content = results.find(({ entry }) => entry.id === row)!.entry as AssessmentEntry;
      const known = knownOfEntry(db, { entityType: "AssessmentEntry", content }, dayStartMs);
      const details = { entityType: "AssessmentEntry" as const, entity: content, now, ...known };
      return beside([], entityDetails(details, columns - MARGIN, style), MARGIN);
    },
  };
}

/** With a mark in the margin of a row; before the first one nothing is marked. */
function withMark(lines: readonly Line[], row: number, style: TerminalStyle): readonly Line[] {
  const mark = ` ${style.glyphs.selected}`;
  return lines.map((line, index) =>
    row > 0 && index === row ? (line.replace(/^ {2}/, mark) as Line) : line,
  );
}
