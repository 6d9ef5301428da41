import type { MoodEntry } from "../domain/entities/mood-entry.ts";
import { localDay } from "../domain/time/local-day.ts";
import type { ZonedTime } from "../domain/time/timestamp.ts";
import { comingDate } from "./due-lines.ts";
import { formatClock, formatMoment } from "./moment.ts";
import { singleLine } from "./terminal-text.ts";

interface Due {
  assessmentType: string;
  dueAt: ZonedTime;
}

/** What the card of a day tells. */
export interface ShownDay {
  moods: readonly MoodEntry[];
  due: readonly Due[];
  next: Due | null;
  sync: { enabled: boolean; lastSuccessAtMs: number | null; problem: string | null; pending: number };
}

/** What is due, one text each; where nothing is, what comes next. */
export function dueWords({ due, next }: Pick<ShownDay, "due" | "next">, now: ZonedTime): string[] {
  if (due.length > 0)
    return due.map((one) => `${singleLine(one.assessmentType)} since ${recentMoment(one.dueAt, now)}`);
  return [
    next ? `nothing; next ${singleLine(next.assessmentType)}, ${comingDate(next.dueAt, now)}` : "nothing",
  ];
}

/** "on, last 18:39, nothing pending"; not why it failed. */
export function syncWords({ enabled, lastSuccessAtMs, pending }: ShownDay["sync"], now: ZonedTime): string {
  if (!enabled) return "off; everything is on this device";
  const last =
    lastSuccessAtMs === null
      ? "never yet"
      : `last ${recentMoment({ ms: lastSuccessAtMs, offsetMinutes: now.offsetMinutes }, now)}`;
  return `on, ${last}, ${pending > 0 ? `${pending} pending` : "nothing pending"}`;
}

/** A past time: "18:39" of today, "yesterday 18:39", else with its date. */
export function recentMoment(time: ZonedTime, now: ZonedTime): string {
  const daysAgo = localDay(now, 0) - localDay(time, 0);
  if (daysAgo === 0) return formatClock(time);
  return daysAgo === 1 ? `yesterday ${formatClock(time)}` : formatMoment(time, now);
}
