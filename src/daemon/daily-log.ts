import type Database from "better-sqlite3";
import { DAY_MS } from "../domain/time/durations.ts";
import { dayStartOf, localDay } from "../domain/time/local-day.ts";
import { instantAtOrAfterGap, type Zone } from "../domain/time/wall-time.ts";
import { wasMoodLoggedOn } from "../local/queries/logged-day.ts";

/** What decides when somebody is reminded to log how they are. */
export interface DailyLogSettings {
  nowMs: number;
  zone: Zone;
  /** The setting `day.start`, in ms after midnight. */
  dayStartMs: number;
  /** The setting `reminders.daily`: a time of day like "20:30", or "off". */
  clock: string;
}

/** The reminder to log on the day of this moment, from its time on; null where it is off, not yet time, or a mood was
 *  logged for the day. `nextAtMs`: when the next one may be due, in ms since 1970; null: it is off. A time before the
 *  day's start belongs to the night at the end of the day. Without a database nothing was logged. */
export function dailyLogReminder(
  db: Database.Database | null,
  { nowMs, zone, dayStartMs, clock }: DailyLogSettings,
): { occurrence: string | null; nextAtMs: number | null } {
  const clockMs = dayStartOf(clock);
  if (clockMs === null) return { occurrence: null, nextAtMs: null };
  const day = localDay({ ms: nowMs, offsetMinutes: zone(nowMs) }, dayStartMs);
  const nightMs = clockMs < dayStartMs ? DAY_MS : 0;
  const atMs = (ofDay: number) => instantAtOrAfterGap(ofDay * DAY_MS + clockMs + nightMs, zone);
  const isLogged = db !== null && wasMoodLoggedOn(db, day, dayStartMs);
  if (nowMs < atMs(day) && !isLogged) return { occurrence: null, nextAtMs: atMs(day) };
  return { occurrence: isLogged ? null : `log ${day}`, nextAtMs: atMs(day + 1) };
}
