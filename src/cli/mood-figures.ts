import type { AssessmentEntry } from "../domain/entities/assessment-entry.ts";
import { localDay } from "../domain/time/local-day.ts";
import { parseTimestamp } from "../domain/time/timestamp.ts";
import type { ComparedActivity } from "../insights/activities.ts";
import type { TakenResult } from "../insights/assessments.ts";
import { changePoints } from "../insights/change-points.ts";
import { daysWithin, lengthOf } from "../insights/day.ts";
import { changeBetweenSpans, summarise } from "../insights/summary.ts";
import { firstDayNeeded, runningMeans, windowFor } from "../insights/trend.ts";
import { weekdayPattern } from "../insights/weekdays.ts";
import { activitiesById } from "../local/queries/activities.ts";
import { listRows } from "../local/queries/list-rows.ts";
import type { Stats } from "../output/stats-lines.ts";
import { daysOf, type MoodSpan } from "./mood-span.ts";

/** The figures of a span, and against the one before it. */
export function statsOf(asked: MoodSpan): Stats {
  const { span, isAll } = asked;
  const before = { from: span.from - lengthOf(span), to: span.from - 1 };
  const days = daysOf(asked, isAll ? span : { from: before.from, to: span.to });
  const within = daysWithin(days, span);
  return {
    span,
    summary: summarise(within, span),
    change: isAll ? null : changeBetweenSpans(within, daysWithin(days, before)),
    weekdays: weekdayPattern(within),
  };
}

/** The days of a span with their running mean, and where the level changed. */
export function trendOf(asked: MoodSpan) {
  const { span } = asked;
  const days = daysOf(asked, { from: firstDayNeeded(span), to: span.to });
  const within = daysWithin(days, span);
  const found = changePoints(within);
  const window = windowFor(span);
  return {
    found,
    trend: {
      span,
      days: within,
      summary: summarise(within, span),
      window,
      means: runningMeans(days, span, window),
      changes: found.status === "searched" ? found.points : [],
    },
  };
}

/** Every result that was not deleted, with its local day. */
export function takenResults({ db, dayStartMs }: MoodSpan): TakenResult[] {
  return listRows(db, "AssessmentEntry").map((row) => {
    const entry = row.entity as AssessmentEntry;
    return { entry, day: localDay(parseTimestamp(entry.taken_at)!, dayStartMs) };
  });
}

/** The activities that days are compared by: none that is deleted, and of merged ones the one that stands for them. */
export function comparedActivities({ db }: Pick<MoodSpan, "db">): ComparedActivity[] {
  return [...new Map([...activitiesById(db)].map(([, of]) => [of.id, of])).values()]
    .filter(({ metadata }) => metadata.deleted_at === null)
    .map(({ id, label, archived }) => ({ id, label, isArchived: archived === true }));
}
