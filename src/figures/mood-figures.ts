import type { AssessmentEntry } from "../domain/entities/assessment-entry.ts";
import { localDay } from "../domain/time/local-day.ts";
import { parseTimestamp } from "../domain/time/timestamp.ts";
import { dateOfDay, dayOfDate } from "../input/calendar.ts";
import type { ComparedActivity } from "../insights/activities.ts";
import type { TakenResult } from "../insights/assessments.ts";
import { meanOf } from "../insights/centre.ts";
import { changePoints } from "../insights/change-points.ts";
import { type Day, daysWithin, lengthOf, moodOf } from "../insights/day.ts";
import { changeBetweenSpans, summarise } from "../insights/summary.ts";
import { firstDayNeeded, runningMeans, windowFor } from "../insights/trend.ts";
import { weekdayPattern } from "../insights/weekdays.ts";
import { activitiesById, activityLabels } from "../local/queries/activities.ts";
import { listRows } from "../local/queries/list-rows.ts";
import { daysOf, type MoodSpan } from "./mood-span.ts";

/** The figures of a span, and against the one before it. */
export function statsOf(asked: MoodSpan) {
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

/** The month in which a day lies, as a calendar shows it: its days until today, and how many name each activity. */
export function calendarMonthOf(asked: Pick<MoodSpan, "db" | "dayStartMs" | "today">, day: number) {
  const { year, month: number } = dateOfDay(day);
  const month = { from: dayOfDate(year, number, 1), to: dayOfDate(year, number + 1, 0) };
  const span = { from: month.from, to: Math.min(month.to, asked.today) };
  const days = daysOf(asked, span, { activities: true });
  return { month, span, days, activities: mostNamed(days, activityLabels(asked.db)) };
}

function mostNamed(
  days: readonly Day[],
  labels: ReadonlyMap<string, string>,
): { label: string; days: number }[] {
  const counts = new Map<string, number>();
  for (const id of days.flatMap(({ activities }) => activities)) counts.set(id, (counts.get(id) ?? 0) + 1);
  return [...counts]
    .flatMap(([id, count]) => (labels.has(id) ? [{ label: labels.get(id)!, days: count }] : []))
    .sort((a, b) => b.days - a.days || (a.label < b.label ? -1 : 1));
}

/** The months of a year of pixels: twelve that end with the day's, until today at the latest. */
export function twelveMonthsTo(day: number, today: number) {
  const { year, month } = dateOfDay(day);
  return { from: dayOfDate(year, month - 11, 1), to: Math.min(today, dayOfDate(year, month + 1, 0)) };
}

/** The mean of a month's days until today, and how many of them have entries. */
export function monthFiguresOf(asked: Pick<MoodSpan, "db" | "dayStartMs" | "today">, day: number) {
  const { year, month } = dateOfDay(day);
  const to = dayOfDate(year, month + 1, 0);
  const span = { from: dayOfDate(year, month, 1), to: day > asked.today ? to : Math.min(to, asked.today) };
  const days = daysOf(asked, span);
  return {
    span,
    days: days.length,
    spanDays: lengthOf(span),
    mean: days.length === 0 ? null : meanOf(days.map(moodOf)),
  };
}
