import { readFileSync } from "node:fs";
import { join } from "node:path";
import { writePrivateFile } from "../files/private-file.ts";
import { hasHook, runHook } from "../hooks/run-hook.ts";
import type { ChildRunner } from "./child-process.ts";
import { decideReminders, type ReminderMemory, reminderText } from "./decide-reminders.ts";
import type { Snapshot } from "./snapshot.ts";

const NOTIFY_TIMEOUT_MS = 10_000;

/** What became of the reminders. `checkAgainAtMs`: when one that waits will have waited long enough, in ms since 1970. */
export type ReminderOutcome = { checkAgainAtMs: number | null } & (
  | { kind: "nothing" }
  /** Something is due to be shown, once a sync has made sure that it was not taken on another device. */
  | { kind: "after_sync" }
  | { kind: "shown"; count: number }
  | { kind: "failed"; reason: string }
);

/** Shows at most one notification about what is due. It is remembered before it is shown, so that it comes only once even
 *  if the daemon dies meanwhile; where it could not be shown, that is taken back. */
export async function showReminders(given: {
  stateDir: string;
  configDir: string;
  env: Record<string, string | undefined>;
  snapshot: Snapshot;
  /** Whether a sync has just fetched what other devices did, or none can. */
  isUpToDate: boolean;
  children: ChildRunner;
  nowMs: number;
}): Promise<ReminderOutcome> {
  const { stateDir, snapshot, children, nowMs } = given;
  const before = readReminderMemory(stateDir);
  const { remind, memory, checkAgainAtMs } = decideReminders({ ...snapshot, memory: before, nowMs });
  const failed = (reason: string): ReminderOutcome => ({ kind: "failed", reason, checkAgainAtMs });
  if (remind.length === 0) {
    const isStored = snapshot.due.length === 0 || writeReminderMemory(stateDir, memory);
    return isStored ? { kind: "nothing", checkAgainAtMs } : failed(NOT_STORED);
  }
  if (!given.isUpToDate) return { kind: "after_sync", checkAgainAtMs };
  const text = reminderText(remind);
  const command = notifyCommand(text);
  const isHooked = hasHook(given.configDir, "on-remind");
  if (!command && !isHooked) return failed("no notifications on this system");
  if (!writeReminderMemory(stateDir, memory)) return failed(NOT_STORED);
  const names = remind.map(({ name }) => name);
  const hooked = await runHook(given, "on-remind", { text, names });
  const shown: ReminderOutcome = { kind: "shown", count: remind.length, checkAgainAtMs };
  if (!command) return hooked.status === "ok" ? shown : failed("the hook on-remind failed");
  const { code, startError } = await children.run(command, { timeoutMs: NOTIFY_TIMEOUT_MS });
  if (code === 0 || hooked.status === "ok") return shown;
  for (const { occurrence } of remind) memory[occurrence]!.remindedAtMs = null;
  writeReminderMemory(stateDir, memory);
  return failed(startError === "ENOENT" ? `${command[0]} is not installed` : `${command[0]} failed`);
}

const NOT_STORED = "the state directory cannot be written";

const memoryFile = (stateDir: string) => join(stateDir, "reminders.json");

/** What was reminded of; empty where there is no file, or none that can be read. */
function readReminderMemory(stateDir: string): ReminderMemory {
  try {
    const memory = JSON.parse(readFileSync(memoryFile(stateDir), "utf8"));
    return Object.fromEntries(
      Object.entries(memory as ReminderMemory).filter(([, { firstSeenAtMs }]) =>
        Number.isFinite(firstSeenAtMs),
      ),
    );
  } catch {
    return {};
  }
}

/** False where the file cannot be written, as on a full disk. */
function writeReminderMemory(stateDir: string, memory: ReminderMemory): boolean {
  try {
    writePrivateFile(memoryFile(stateDir), `${JSON.stringify(memory)}\n`);
    return true;
  } catch {
    return false;
  }
}

/** The command that shows a notification on this platform's desktop; null where moodsync knows none.
 *  Options end before the text, and markup in it is written out. */
export function notifyCommand(text: string, platform: NodeJS.Platform = process.platform): string[] | null {
  switch (platform) {
    case "linux":
    case "freebsd":
    case "openbsd":
      return ["notify-send", "--app-name=moodsync", "--", "moodsync", escapeMarkup(text)];
    case "darwin": {
      const script = [
        "on run argv",
        'display notification (item 1 of argv) with title "moodsync"',
        "end run",
      ];
      return ["osascript", ...script.flatMap((line) => ["-e", line]), text];
    }
    default:
      return null;
  }
}

/** Notification bodies may be read as markup: https://specifications.freedesktop.org/notification-spec. */
function escapeMarkup(text: string): string {
  return text.replaceAll("&", "&amp;").replaceAll("<", "&lt;").replaceAll(">", "&gt;");
}
