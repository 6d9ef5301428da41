import { DAY_MS, MINUTE_MS } from "./durations.ts";
/** Minutes east of UTC that hold at an instant (ms since 1970). The caller's time zone, as an argument. */
export type Zone = (ms: number) => number;

/** What a clock on the wall shows at an instant, as ms since 1970 if that wall were in UTC. */
export function wallTimeAt(ms: number, zone: Zone): number {
  return ms + zone(ms) * MINUTE_MS;
}

/** Number of the calendar's day at a wall time, counted from 1 January 1970. */
export function dayOfWallTime(wallMs: number): number {
  return Math.floor(wallMs / DAY_MS);
}

/** The first instant at which a clock in the zone shows this wall time, or null when clocks skip it.
 *  No zone changes twice within two days, so the offsets a day before and a day after are all that can hold. */
export function instantOfWallTime(wallMs: number, zone: Zone): number | null {
  const [before, after] = [zone(wallMs - DAY_MS), zone(wallMs + DAY_MS)];
  if (before === after) return wallMs - before * MINUTE_MS;
  const instants = [before, zone(wallMs), after]
    .map((offsetMinutes) => wallMs - offsetMinutes * MINUTE_MS)
    .filter((ms) => wallTimeAt(ms, zone) === wallMs);
  return instants.length > 0 ? Math.min(...instants) : null;
}

/** The same, but a skipped wall time is moved on by as much as the clocks were: 02:30 becomes 03:30. */
export function instantAtOrAfterGap(wallMs: number, zone: Zone): number {
  return instantOfWallTime(wallMs, zone) ?? wallMs - zone(wallMs - DAY_MS) * MINUTE_MS;
}
