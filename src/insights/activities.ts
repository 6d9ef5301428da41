import { qValues } from "./benjamini-hochberg.ts";
import { meanOf } from "./centre.ts";
import { type Day, moodOf } from "./day.ts";
import { groupDifferenceSteps } from "./group-differences.ts";
import { blockFreedom } from "./moving-blocks.ts";
import { createRandom, seedOf } from "./random.ts";
import { twoSidedP, twoSidedQuantile } from "./student.ts";

/** An activity that days can name. One that stands for others, which were merged into it, has their days, too. */
export interface ComparedActivity {
  id: string;
  label: string;
  /** No longer offered: it is compared by the days that it has, but none are waited for. */
  isArchived: boolean;
}

export interface ActivityFigures {
  activity: ComparedActivity;
  daysWith: number;
  daysWithout: number;
  result:
    | { status: "needs days"; moreWith: number; moreWithout: number }
    /** The weekday alone says on which days it is, so the two cannot be separated. */
    | { status: "tied to weekdays" }
    | ActivityDifference;
}

export interface ActivityDifference {
  status: "compared";
  /** Plain means of the days with it and without it, of the scale 1 to 5. */
  meanWith: number;
  meanWithout: number;
  /** Days with less days without, adjusted for weekdays and for what carries over from the day before, and drawn towards
   *  0 by few days. */
  difference: number;
  /** 95 % interval of the difference. */
  interval: [number, number];
  /** How often so large a difference, before it is drawn towards 0, comes about where there is none. */
  p: number;
  /** The same corrected for how many activities were looked at. */
  q: number;
  /** Whether it holds up: `q` at most `Q_LIMIT` and 0 outside of the interval. */
  standsOut: boolean;
}

export interface ActivityComparison {
  /** Those that were compared come first, by the end of the interval that is nearest to 0; then those that need days. */
  figures: ActivityFigures[];
  /** How many were looked at, which is what the correction is for. */
  lookedAt: number;
  /** Days with entries; with a lag, those that follow on a day with entries. */
  days: number;
  /** Labels of activities that are always on the same days. */
  together: string[][];
}

/** Days that each side must have. */
export const DAYS_NEEDED = 10;
/** The false discovery rate that is accepted. */
const Q_LIMIT = 0.1;
/** A difference is multiplied by n / (n + this), n being the days of the smaller side: as much as a normal prior with
 *  deviation 0.4 does where single days have deviation 0.9 (Efron and Morris 1977, Sci Am 236:119). The half width of its interval
 *  is multiplied by the root of that, as that of the posterior is. */
const SHRINKAGE_DAYS = 5;

/** Compares the days with each activity to the days without it. With a `lag` of 1 the mood is that of the day after. The
 *  activity `namedId` has its figures in any case, also without a day.
 *  Method: generalised least squares with weekdays and AR(1) errors, standard errors by moving blocks, Student's t,
 *  Benjamini and Hochberg over all that were looked at. */
export function compareActivities(...given: Parameters<typeof activityComparisonSteps>): ActivityComparison {
  const steps = activityComparisonSteps(...given);
  for (;;) {
    const step = steps.next();
    if (step.done) return step.value;
  }
}

/** The same in steps, for whoever has something else to do between. */
export function* activityComparisonSteps(
  given: readonly Day[],
  activities: readonly ComparedActivity[],
  { lag = 0, namedId = null }: { lag?: 0 | 1; namedId?: string | null } = {},
): Generator<void, ActivityComparison> {
  const days = lag === 0 ? given.map((day) => ({ ...day, named: day.activities })) : withDayBefore(given);
  const counted = activities.map((activity) => {
    const daysWith = days.filter(({ named }) => named.includes(activity.id)).length;
    return { activity, daysWith, daysWithout: days.length - daysWith };
  });
  const enough = counted.filter(
    ({ daysWith, daysWithout }) => Math.min(daysWith, daysWithout) >= DAYS_NEEDED,
  );
  const waiting = counted
    .filter((one) => !enough.includes(one) && (isWaitedFor(one) || one.activity.id === namedId))
    .map(toWaiting)
    .sort(byLeastMissing);
  const compared = yield* compareEnough(days, enough);
  return {
    figures: [...compared.sort(byClearness), ...waiting],
    lookedAt: compared.filter(({ result }) => result.status === "compared").length,
    days: days.length,
    together: alwaysTogether(
      days,
      enough.map(({ activity }) => activity),
    ),
  };
}

type Counted = Pick<ActivityFigures, "activity" | "daysWith" | "daysWithout">;
type NamedDay = Day & { named: readonly string[] };

/** Each day that follows on a day with entries, with the activities of that one. */
function withDayBefore(days: readonly Day[]): NamedDay[] {
  return days.flatMap((day, index) => {
    const before = days[index - 1];
    return before && before.day === day.day - 1 ? [{ ...day, named: before.activities }] : [];
  });
}

function isWaitedFor({ activity, daysWith }: Counted): boolean {
  return daysWith > 0 && !activity.isArchived;
}

function* compareEnough(
  days: readonly NamedDay[],
  enough: readonly Counted[],
): Generator<void, ActivityFigures[]> {
  if (enough.length === 0) return [];
  const first = days[0]!.day;
  const values = new Float64Array(days.at(-1)!.day - first + 1).fill(Number.NaN);
  for (const day of days) values[day.day - first] = moodOf(day);
  const groups = enough.map(({ activity }) => {
    const group = new Uint8Array(values.length);
    for (const { day, named } of days) if (named.includes(activity.id)) group[day - first] = 1;
    return group;
  });
  const random = createRandom(seedOf(days.flatMap((day) => [day.day, moodOf(day)])));
  const freedom = blockFreedom(values.length);
  const critical = twoSidedQuantile(0.05, freedom);
  const fitted = (yield* groupDifferenceSteps({ values, groups }, random)).map(({ difference, error }) => ({
    difference,
    error,
    p: error > 0 ? twoSidedP(difference / error, freedom) : 1,
  }));
  const isTied = ({ difference }: { difference: number }) => Number.isNaN(difference);
  const qs = qValues(fitted.filter((fit) => !isTied(fit)).map(({ p }) => p));
  let place = 0;
  return enough.map((counted, index) => {
    const fit = fitted[index]!;
    if (isTied(fit)) return { ...counted, result: { status: "tied to weekdays" } };
    const kept = shrinkage(counted);
    const difference = fit.difference * kept;
    const half = Math.sqrt(kept) * critical * fit.error;
    const q = qs[place++]!;
    const [withIt, without] = [true, false].map((isWith) =>
      meanOf(days.filter(({ named }) => named.includes(counted.activity.id) === isWith).map(moodOf)),
    ) as [number, number];
    return {
      ...counted,
      result: {
        status: "compared",
        meanWith: withIt,
        meanWithout: without,
        difference,
        interval: [difference - half, difference + half],
        p: fit.p,
        q,
        standsOut: q <= Q_LIMIT && Math.abs(difference) > half,
      },
    };
  });
}

function shrinkage({ daysWith, daysWithout }: Counted): number {
  const days = Math.min(daysWith, daysWithout);
  return days / (days + SHRINKAGE_DAYS);
}

function toWaiting(counted: Counted): ActivityFigures {
  return {
    ...counted,
    result: {
      status: "needs days",
      moreWith: Math.max(0, DAYS_NEEDED - counted.daysWith),
      moreWithout: Math.max(0, DAYS_NEEDED - counted.daysWithout),
    },
  };
}

function byLeastMissing(a: ActivityFigures, b: ActivityFigures): number {
  return missing(a) - missing(b) || byLabel(a, b);
}

function missing({ result }: ActivityFigures): number {
  return result.status === "needs days" ? Math.max(result.moreWith, result.moreWithout) : 0;
}

function byClearness(a: ActivityFigures, b: ActivityFigures): number {
  return clearness(b) - clearness(a) || byLabel(a, b);
}

/** How far the nearer end of the interval is from 0; negative where 0 lies within. */
function clearness({ result }: ActivityFigures): number {
  if (result.status !== "compared") return Number.NEGATIVE_INFINITY;
  const [low, high] = result.interval;
  return result.difference >= 0 ? low : -high;
}

function byLabel(a: ActivityFigures, b: ActivityFigures): number {
  return a.activity.label < b.activity.label
    ? -1
    : a.activity.label > b.activity.label
      ? 1
      : a.activity.id < b.activity.id
        ? -1
        : 1;
}

function alwaysTogether(days: readonly NamedDay[], activities: readonly ComparedActivity[]): string[][] {
  const labelsByDays = new Map<string, string[]>();
  for (const { id, label } of activities) {
    const key = days
      .filter(({ named }) => named.includes(id))
      .map(({ day }) => day)
      .join();
    labelsByDays.set(key, [...(labelsByDays.get(key) ?? []), label]);
  }
  return [...labelsByDays.values()].filter((labels) => labels.length > 1).map((labels) => labels.sort());
}
