import type { MoodEntry } from "../domain/entities/mood-entry.ts";
import { parseTimestamp, type ZonedTime } from "../domain/time/timestamp.ts";
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
    ["Due", dueText(day, now)],
    ["Sync", syncText(day.sync, now)],
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

function dueText({ due, next }: ShownDay, now: ZonedTime): string {
  if (due.length > 0)
    return due
      .map((one) => `${singleLine(one.assessmentType)} since ${formatMoment(one.dueAt, now)}`)
      .join(", ");
  return next
    ? `nothing; next ${singleLine(next.assessmentType)} on ${formatMoment(next.dueAt, now)}`
    : "nothing";
}

function syncText({ enabled, lastSuccessAtMs, problem, pending }: ShownDay["sync"], now: ZonedTime): string {
  if (!enabled) return "off; everything is on this device";
  const last =
    lastSuccessAtMs === null
      ? "never yet"
      : `last ${formatMoment({ ms: lastSuccessAtMs, offsetMinutes: now.offsetMinutes }, now)}`;
  const parts = ["on", last, ...(pending > 0 ? [`${pending} pending`] : []), ...(problem ? [problem] : [])];
  return singleLine(parts.join("; "));
}
