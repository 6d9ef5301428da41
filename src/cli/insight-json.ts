import { SCORED_AS_PHQ8 } from "../assessments/score.ts";
import type { ActivityComparison, ActivityFigures } from "../insights/activities.ts";
import type { AssessmentSeries } from "../insights/assessments.ts";
import type { ChangePoints } from "../insights/change-points.ts";
import type { Day, Span } from "../insights/day.ts";
import { entriesOf, lengthOf, moodOf } from "../insights/day.ts";
import type { PeriodChange, Summary } from "../insights/summary.ts";
import type { WeekdayPattern } from "../insights/weekdays.ts";
import { isoDay, LONG_WEEKDAY_NAMES } from "../output/day-words.ts";
import { jsonNumber } from "../output/number-words.ts";

export function spanJson(span: Span) {
  return { from: isoDay(span.from), to: isoDay(span.to), days: lengthOf(span) };
}

export function summaryJson({ entries, days, coverage, centre, distribution, instability }: Summary) {
  return {
    entries,
    days: days,
    coverage: jsonNumber(coverage),
    mean: centre && jsonNumber(centre.mean),
    median: centre && jsonNumber(centre.median),
    quartiles: centre === null ? null : centre.quartiles.map(jsonNumber),
    distribution: Object.fromEntries(distribution.map((count, index) => [index + 1, count])),
    day_to_day:
      instability.status === "known"
        ? {
            pairs: instability.pairs,
            mssd: jsonNumber(instability.mssd),
            acute_changes: jsonNumber(instability.acuteChanges),
          }
        : { pairs: instability.pairs, mssd: null, acute_changes: null },
  };
}

export function changeJson(change: PeriodChange | null) {
  if (change?.status !== "compared") return null;
  return {
    mean: jsonNumber(change.meanBefore),
    difference: jsonNumber(change.difference),
    interval: change.interval.map(jsonNumber),
    cannot_tell: change.cannotTell,
  };
}

export function weekdaysJson(pattern: WeekdayPattern) {
  if (pattern.status === "needs weeks") return null;
  return {
    p: jsonNumber(pattern.p),
    stands_out: pattern.standsOut === null ? null : LONG_WEEKDAY_NAMES[pattern.standsOut]!.toLowerCase(),
    days: pattern.weekdays.map(({ weekday, days, mean, interval }) => ({
      weekday: LONG_WEEKDAY_NAMES[weekday]!.toLowerCase(),
      days,
      mean: mean === null ? null : jsonNumber(mean),
      interval: interval === null ? null : interval.map(jsonNumber),
    })),
  };
}

export function changePointsJson(found: ChangePoints) {
  if (found.status === "needs days") return null;
  return found.points.map(({ day, interval, before, after, p }) => ({
    day: isoDay(day),
    interval: interval.map(isoDay),
    before: jsonNumber(before),
    after: jsonNumber(after),
    p: jsonNumber(p),
  }));
}
export function activitiesJson({ figures, lookedAt, days, together }: ActivityComparison, lag: 0 | 1) {
  return { lag, days, looked_at: lookedAt, activities: figures.map(activityJson), always_together: together };
}

function activityJson({ activity, daysWith, daysWithout, result }: ActivityFigures) {
  const named = { id: activity.id, label: activity.label, days_with: daysWith, days_without: daysWithout };
  if (result.status === "needs days") {
    return { ...named, status: "needs_days", more_with: result.moreWith, more_without: result.moreWithout };
  }
  if (result.status === "tied to weekdays") return { ...named, status: "tied_to_weekdays" };
  return {
    ...named,
    status: "compared",
    mean_with: jsonNumber(result.meanWith),
    mean_without: jsonNumber(result.meanWithout),
    difference: jsonNumber(result.difference),
    interval: result.interval.map(jsonNumber),
    p: jsonNumber(result.p),
    q: jsonNumber(result.q),
    stands_out: result.standsOut,
  };
}

/** The days with entries. */
export function valuesJson(days: readonly Day[]) {
  return days.map((day) => ({
    day: isoDay(day.day),
    value: jsonNumber(moodOf(day)),
    entries: entriesOf(day),
  }));
}
export function assessmentsJson(series: readonly AssessmentSeries[]) {
  return series.map(({ type, instrument, results }) => ({
    assessment_type: type,
    score: instrument ? { min: instrument.score.min, max: instrument.score.max } : null,
    higher_is: instrument?.higherIs ?? null,
    results: results.map((result) => ({
      id: result.id,
      taken_at: result.takenAt,
      score: result.score,
      max: result.highestScore,
      scoring: result.isScoredAsPhq8 ? SCORED_AS_PHQ8 : null,
      band: result.band,
      since_last: result.sinceLast && changeOf(result.sinceLast),
      since_first: result.sinceFirst && changeOf(result.sinceFirst),
      important: result.isImportant,
      mood_before: {
        mean: result.moodBefore.mean === null ? null : jsonNumber(result.moodBefore.mean),
        days: result.moodBefore.days,
      },
    })),
  }));
}

function changeOf({
  points,
  verdict,
  reliablePoints,
}: NonNullable<AssessmentSeries["results"][number]["sinceLast"]>) {
  return { points, verdict: verdict.replaceAll(" ", "_"), reliable_points: reliablePoints };
}
