import type { ChangePoints } from "../insights/change-points.ts";
import type { Span } from "../insights/day.ts";
import { lengthOf } from "../insights/day.ts";
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
