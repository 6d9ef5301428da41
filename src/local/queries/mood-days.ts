import type Database from "better-sqlite3";
import { DAY_MS, MINUTE_MS } from "../../domain/time/durations.ts";
import { statement } from "../storage/statements.ts";
import { activitiesById } from "./activities.ts";

/** A local day that has mood entries. */
interface MoodDay {
  /** Number of the local day, counted from 1 January 1970. */
  day: number;
  /** How many entries had each value, 1 first. */
  counts: [number, number, number, number, number];
  /** Ids of the activities that any of them names, as what they count for by now (`standingActivities`). */
  activities: string[];
}

/** Which days: by the clock of the place where entries were written, a day beginning `dayStartMs` after midnight. Null:
 *  without an end on that side. */
export interface DaysAsked {
  from: number | null;
  to: number | null;
  dayStartMs: number;
}

/** Days that are added so that no date is negative: SQLite divides towards 0. It divides whole numbers only where both
 *  are, and numbers from JavaScript are not. */
const SHIFT_DAYS = 40_000;
/** No offset moves an entry further from UTC. */
const MAX_OFFSET_MS = DAY_MS;

const DAY = `(recorded_at + recorded_at_offset * ${MINUTE_MS} - cast(@dayStartMs as integer) + ${SHIFT_DAYS * DAY_MS}) / ${DAY_MS} - ${SHIFT_DAYS}`;
/** By the index mood_entries_recorded_at. */
const WITHIN = "deleted_at is null and recorded_at between @earliestMs and @latestMs";

const COUNTS = `
  select ${DAY} as day, sum(value = 1), sum(value = 2), sum(value = 3), sum(value = 4), sum(value = 5)
  from mood_entries
  where ${WITHIN}
  group by day
  order by day`;

const ACTIVITIES = `
  select distinct ${DAY} as day, activities
  from mood_entries
  where ${WITHIN} and activities <> '[]'`;

/** The days with entries in their order, one row a day; none for a day without. With `activities` it is also read which
 *  ones they name; without, that list stays empty. */
export function moodDays(
  db: Database.Database,
  asked: DaysAsked,
  { activities = false }: { activities?: boolean } = {},
): MoodDay[] {
  const bounds = boundsOf(asked);
  const rows = statement(db, COUNTS).raw().all(bounds) as number[][];
  const days = rows
    .map(([day, ...counts]) => ({
      day: day!,
      counts: counts as MoodDay["counts"],
      activities: [] as string[],
    }))
    .filter(({ day }) => isAsked(day, asked));
  if (activities) addActivities(db, days, bounds);
  return days;
}

/** The first day with an entry; null where there is none. */
export function firstMoodDay(db: Database.Database, dayStartMs: number): number | null {
  const first = statement(db, "select min(recorded_at) from mood_entries where deleted_at is null")
    .pluck()
    .get();
  if (typeof first !== "number") return null;
  // Offsets and the beginning of the day move an entry by less than two days.
  const to = Math.floor(first / DAY_MS) + 2;
  return moodDays(db, { from: null, to, dayStartMs })[0]?.day ?? null;
}

function addActivities(db: Database.Database, days: MoodDay[], bounds: object): void {
  const standing = activitiesById(db);
  const byDay = new Map(days.map((day) => [day.day, new Set<string>()]));
  const idsOf = new Map<string, string[]>();
  for (const [day, list] of statement(db, ACTIVITIES).raw().iterate(bounds) as Iterable<[number, string]>) {
    const ids = idsOf.get(list) ?? (JSON.parse(list) as string[]).map((id) => standing.get(id)?.id ?? id);
    idsOf.set(list, ids);
    const named = byDay.get(day);
    if (named) for (const id of ids) named.add(id);
  }
  for (const day of days) day.activities = [...byDay.get(day.day)!].sort();
}

function boundsOf({ from, to, dayStartMs }: DaysAsked) {
  return {
    dayStartMs,
    earliestMs: from === null ? Number.MIN_SAFE_INTEGER : from * DAY_MS + dayStartMs - MAX_OFFSET_MS,
    latestMs: to === null ? Number.MAX_SAFE_INTEGER : (to + 1) * DAY_MS + dayStartMs + MAX_OFFSET_MS,
  };
}

function isAsked(day: number, { from, to }: DaysAsked): boolean {
  return (from === null || day >= from) && (to === null || day <= to);
}
