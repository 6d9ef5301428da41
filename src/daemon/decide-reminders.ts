import { DAY_MS, MINUTE_MS, SECOND_MS } from "../domain/time/durations.ts";

/** What somebody is reminded of: an assessment that is due, or to log the day. */
export interface DueAssessment {
  /** The schedule and the date, or the day: what one reminder is for. */
  occurrence: string;
  /** A name that may be shown; null for one that a person made up. */
  name: string | null;
  /** Whether it is the mood of the day. */
  isLog?: boolean;
}

/** What this device remembers of an occurrence; times in ms since 1970. */
interface Remembered {
  firstSeenAtMs: number;
  remindedAtMs: number | null;
  /** Whether another device was the last used one since then, which may have reminded. */
  wasLeftToOthers?: boolean;
}
export type ReminderMemory = Record<string, Remembered>;

/** How long the device that was used last waits before it reminds, in ms: time for one more sync, which may show that the
 *  user has moved on to another device, as when they have just logged a mood there. */
const RECHECK_DELAY_MS = 10 * SECOND_MS;
/** Two devices remind of the same assessment at least so far apart, in ms. */
const APART_MS = 65 * MINUTE_MS;
/** In how many turns the devices that were not used last remind. */
const TURNS = 6;
const FORGET_AFTER_MS = 60 * DAY_MS;

/** Decides of what to remind now. Without sync, at once. With sync, the device that was used last reminds after one more
 *  check. Any other device, even if the user turns to it, reminds only if the assessment is still due there 65 minutes
 *  or a multiple of that later: by then the first device has reminded, or it is not running. Which multiple depends on
 *  the device's id, so that two such devices seldom take the same.
 *  `checkAgainAtMs`: when one that waits will have waited long enough; null: none waits. */
export function decideReminders(given: {
  due: readonly DueAssessment[];
  memory: ReminderMemory;
  /** Whether sync is set up, so that there may be other devices. */
  enabled: boolean;
  isLastUsedDevice: boolean;
  deviceId: string | null;
  nowMs: number;
}): { remind: DueAssessment[]; memory: ReminderMemory; checkAgainAtMs: number | null } {
  const { due, nowMs } = given;
  const memory = withoutOld(given.memory, nowMs);
  const isLeftToOthers = given.enabled && !given.isLastUsedDevice;
  const remind: DueAssessment[] = [];
  let checkAgainAtMs: number | null = null;
  for (const assessment of due) {
    const known = memory[assessment.occurrence] ?? { firstSeenAtMs: nowMs, remindedAtMs: null };
    memory[assessment.occurrence] = known;
    if (isLeftToOthers) known.wasLeftToOthers = true;
    if (known.remindedAtMs !== null) continue;
    // A clock that was set back must not hold a reminder back for long.
    const atMs = Math.min(known.firstSeenAtMs, nowMs) + waitOf(given, known);
    if (atMs <= nowMs) {
      known.remindedAtMs = nowMs;
      remind.push(assessment);
    } else checkAgainAtMs = Math.min(checkAgainAtMs ?? atMs, atMs);
  }
  return { remind, memory, checkAgainAtMs };
}

/** The text of one notification about all of them: no score, no answer, no name that a person made up. */
export function reminderText(remind: readonly DueAssessment[]): string {
  const assessments = remind.filter(({ isLog }) => !isLog);
  const sentences = assessments.length > 0 ? [assessmentsText(assessments)] : [];
  if (assessments.length < remind.length) sentences.push("How are you? Nothing is logged yet today.");
  return sentences.join(" ");
}

function assessmentsText(remind: readonly DueAssessment[]): string {
  const [only] = remind;
  if (remind.length === 1 && only) return only.name ? `${only.name} is due.` : "An assessment is due.";
  const names = remind.map(({ name }) => name);
  if (names.includes(null) || names.length > 3) return `${remind.length} assessments are due.`;
  return `${names.slice(0, -1).join(", ")} and ${names.at(-1)} are due.`;
}

function waitOf(given: { enabled: boolean; deviceId: string | null }, known: Remembered): number {
  if (!given.enabled) return 0;
  return known.wasLeftToOthers ? APART_MS * turnOf(given.deviceId) : RECHECK_DELAY_MS;
}

/** 1 to 6, from the device's id. */
function turnOf(deviceId: string | null): number {
  return 1 + (Number.parseInt((deviceId ?? "").slice(0, 8) || "0", 16) % TURNS);
}

function withoutOld(memory: ReminderMemory, nowMs: number): ReminderMemory {
  return Object.fromEntries(
    Object.entries(memory)
      .filter(([, { firstSeenAtMs }]) => firstSeenAtMs > nowMs - FORGET_AFTER_MS)
      .map(([occurrence, remembered]) => [occurrence, { ...remembered }]),
  );
}
