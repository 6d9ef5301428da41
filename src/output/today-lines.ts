import type { MoodEntry } from "../domain/entities/mood-entry.ts";
import { localDay } from "../domain/time/local-day.ts";
import { parseTimestamp, type ZonedTime } from "../domain/time/timestamp.ts";
import { comingDate } from "./due-lines.ts";
import { moodText } from "./entity-line.ts";
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

/** More are counted instead of named. */
const SHOWN_MOODS = 3;

/** How the day stands, as names and values. No note, no score. */
export function todayLines(day: ShownDay, now: ZonedTime): [name: string, value: string][] {
  return [
    ["Mood", moodsText(day.moods)],
    ["Due", dueWords(day, now).join(", ")],
    [
      "Sync",
      [syncWords(day.sync, now), ...(day.sync.problem ? [singleLine(day.sync.problem)] : [])].join("; "),
    ],
  ];
}

function moodsText(moods: readonly MoodEntry[]): string {
  if (moods.length === 0) return "nothing logged yet today";
  const shown = moods
    .slice(-SHOWN_MOODS)
    .map((mood) => `${moodText(mood.value)} at ${formatClock(parseTimestamp(mood.recorded_at)!)}`);
  const earlier = moods.length - shown.length;
  return `${shown.join(", ")}${earlier > 0 ? `, and ${earlier} earlier` : ""}`;
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
