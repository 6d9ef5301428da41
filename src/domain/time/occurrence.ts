import type { Frequency } from "../entities/frequency.ts";
import { DAY_MS, HOUR_MS, MINUTE_MS } from "./durations.ts";
import type { ZonedTime } from "./timestamp.ts";
import type { Zone } from "./wall-time.ts";
import { instantAtOrAfterGap } from "./wall-time.ts";

/** When a scheduled assessment is due. Occurrences are counted from the anchor, never from the one before,
 *  so monthly from 31 January is 28 February and then 31 March; the anchor's clock time is kept in `zone`
 *  whatever the offset of the day is. */
export interface Recurrence {
  /** The first occurrence, with the offset of the place where it was set. */
  anchor: ZonedTime;
  frequency: Frequency;
  zone: Zone;
}

const DAYS: Record<Exclude<Frequency, "Monthly">, number> = { Daily: 1, Weekly: 7, Biweekly: 14 };

/** How long before it is due an assessment already counts for that date, in ms. Well under half a period, so that
 *  a second one taken soon after the last does not use up the next. */
const EARLY_MS: Record<Frequency, number> = {
  Daily: 6 * HOUR_MS,
  Weekly: 2 * DAY_MS,
  Biweekly: 4 * DAY_MS,
  Monthly: 7 * DAY_MS,
};

/** The first occurrence strictly after an instant, in ms; the anchor itself when it is still to come. */
export function occurrenceAfter(recurrence: Recurrence, afterMs: number): number {
  const { anchor, frequency } = recurrence;
  const periodMs = frequency === "Monthly" ? 31 * DAY_MS : DAYS[frequency] * DAY_MS;
  // Two periods early, because clock changes and short months make the count uncertain by one.
  let index = Math.max(0, Math.floor((afterMs - anchor.ms) / periodMs) - 2);
  while (occurrence(recurrence, index) <= afterMs) index++;
  return occurrence(recurrence, index);
}

/** When a schedule is due after an assessment was taken, in ms.
 *  Taken at or after the due date, it counts for that date and for all missed ones: due is the first occurrence
 *  after it. Taken shortly before (`EARLY_MS`), it counts for the coming date: due is the occurrence after that one.
 *  Taken earlier, it is one in between, and the due date stands. The due date never moves back. */
export function dueAfterTaking(recurrence: Recurrence, dueMs: number, takenMs: number): number {
  if (takenMs < dueMs - EARLY_MS[recurrence.frequency]) return dueMs;
  return occurrenceAfter(recurrence, Math.max(takenMs, dueMs));
}

function occurrence({ anchor, frequency, zone }: Recurrence, index: number): number {
  const anchorWallMs = anchor.ms + anchor.offsetMinutes * MINUTE_MS;
  const wallMs =
    frequency === "Monthly"
      ? addMonths(anchorWallMs, index)
      : anchorWallMs + index * DAYS[frequency] * DAY_MS;
  return instantAtOrAfterGap(wallMs, zone);
}

/** The same day of a later month, or that month's last day when it is shorter. */
function addMonths(wallMs: number, months: number): number {
  const date = new Date(wallMs);
  const year = date.getUTCFullYear();
  const month = date.getUTCMonth() + months;
  const lastDay = new Date(Date.UTC(year, month + 1, 0)).getUTCDate();
  const timeOfDayMs = wallMs - Date.UTC(year, date.getUTCMonth(), date.getUTCDate());
  return Date.UTC(year, month, Math.min(date.getUTCDate(), lastDay)) + timeOfDayMs;
}
