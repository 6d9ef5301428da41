import type { ChildRunner } from "./child-process.ts";
import { decideReminders, type ReminderMemory, reminderText } from "./decide-reminders.ts";
import type { Look } from "./look.ts";
import { notifyCommand } from "./notify.ts";
import { readReminderMemory, writeReminderMemory } from "./reminder-memory.ts";

const NOTIFY_TIMEOUT_MS = 10_000;

/** What became of the reminders. `lookAgainAtMs`: when one that waits will have waited enough, in ms since 1970. */
export type Reminded = { lookAgainAtMs: number | null } & (
  | { kind: "nothing" }
  /** Something is to be reminded of, once a sync has told that it was not taken elsewhere. */
  | { kind: "after_sync" }
  | { kind: "shown"; count: number }
  | { kind: "failed"; reason: string }
);

/** Shows at most one notification about what is due. What is shown is remembered before, so that it comes once; where
 *  it could not be shown, that is taken back. */
export async function remind(given: {
  stateDir: string;
  look: Look;
  /** Whether a sync has just told what other devices did, or cannot. */
  isUpToDate: boolean;
  children: ChildRunner;
  nowMs: number;
}): Promise<Reminded> {
  const { stateDir, look, children, nowMs } = given;
  const before = readReminderMemory(stateDir);
  const decision = decideReminders({ ...look, memory: before, nowMs });
  const { remind, memory, lookAgainAtMs } = decision;
  const failed = (reason: string): Reminded => ({ kind: "failed", reason, lookAgainAtMs });
  if (remind.length === 0) {
    const isKept = look.due.length === 0 || keep(stateDir, memory);
    return isKept ? { kind: "nothing", lookAgainAtMs } : failed(NOT_KEPT);
  }
  if (!given.isUpToDate) return { kind: "after_sync", lookAgainAtMs };
  const command = notifyCommand(reminderText(remind));
  if (!command) return failed("no notifications on this system");
  if (!keep(stateDir, memory)) return failed(NOT_KEPT);
  const { code, startError } = await children.run(command, { timeoutMs: NOTIFY_TIMEOUT_MS });
  if (code === 0) return { kind: "shown", count: remind.length, lookAgainAtMs };
  for (const { occurrence } of remind) memory[occurrence]!.remindedAtMs = null;
  keep(stateDir, memory);
  return failed(startError === "ENOENT" ? `${command[0]} is not installed` : `${command[0]} failed`);
}

const NOT_KEPT = "the state directory cannot be written";

function keep(stateDir: string, memory: ReminderMemory): boolean {
  try {
    writeReminderMemory(stateDir, memory);
    return true;
  } catch {
    return false;
  }
}
