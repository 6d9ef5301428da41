/** An assessment that is due, as the reminders see it. */
export interface DueAssessment {
  /** The schedule and the date: what one reminder is for. */
  occurrence: string;
  /** A name that may be shown; null for one that a person made up. */
  name: string | null;
}

/** What this device remembers of an occurrence; times in ms since 1970. */
interface Remembered {
  firstSeenAtMs: number;
  remindedAtMs: number | null;
  /** Whether another device was the last used one since then, which may have reminded. */
  wasLeftToOthers?: boolean;
}
export type ReminderMemory = Record<string, Remembered>;

/** What another device has just uploaded may show that the user is there: time for one more sync to tell, in ms. */
const SECOND_LOOK_MS = 10_000;
/** Two devices remind of the same at least so far apart, in ms. */
const APART_MS = 65 * 60_000;
/** In how many turns the devices that were not used last remind. */
const TURNS = 6;
const FORGET_AFTER_MS = 60 * 24 * 60 * 60_000;

/** Decides of what to remind now. Where the user was last active, at once, or after a second look where there may be
 *  other devices. On any other device, even if the user turns to it, only if it is still due an hour and more after it
 *  was first seen there: by then the first device has reminded or is not running. Which hour depends on the device, so
 *  that two such devices seldom take the same.
 *  `lookAgainAtMs`: when one that waits will have waited enough; null: none waits. */
export function decideReminders(given: {
  due: readonly DueAssessment[];
  memory: ReminderMemory;
  /** Whether sync is set up, so that there may be other devices. */
  enabled: boolean;
  isLastUsedDevice: boolean;
  deviceId: string | null;
  nowMs: number;
}): { remind: DueAssessment[]; memory: ReminderMemory; lookAgainAtMs: number | null } {
  const { due, nowMs } = given;
  const memory = withoutOld(given.memory, nowMs);
  const isLeftToOthers = given.enabled && !given.isLastUsedDevice;
  const remind: DueAssessment[] = [];
  let lookAgainAtMs: number | null = null;
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
    } else lookAgainAtMs = Math.min(lookAgainAtMs ?? atMs, atMs);
  }
  return { remind, memory, lookAgainAtMs };
}

/** The text of one notification about all of them: no score, no answer, no name that a person made up. */
export function reminderText(remind: readonly DueAssessment[]): string {
  const [only] = remind;
  if (remind.length === 1 && only) return only.name ? `${only.name} is due.` : "An assessment is due.";
  const names = remind.map(({ name }) => name);
  if (names.includes(null) || names.length > 3) return `${remind.length} assessments are due.`;
  return `${names.slice(0, -1).join(", ")} and ${names.at(-1)} are due.`;
}

function waitOf(given: { enabled: boolean; deviceId: string | null }, known: Remembered): number {
  if (!given.enabled) return 0;
  return known.wasLeftToOthers ? APART_MS * turnOf(given.deviceId) : SECOND_LOOK_MS;
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
