import { progressLine } from "../../output/progress-line.ts";
import type { TerminalStyle } from "../../output/terminal-style.ts";
import type { SyncProgress } from "../../sync/exchange/sync-session.ts";
import type { Message } from "../components/message.ts";

/** What a message has at least. */
const COLUMNS = 58;

/** What runs, and how far it is: "Uploading    ━━━━━━──────  300 of 1,000"; below the message shown since it began. */
export function besideProgress(
  shown: Message | null,
  task: string,
  progress: SyncProgress | null,
  style: TerminalStyle,
): Message {
  const text = progress ? progressLine(progress, COLUMNS, style) : `${task} …`;
  return shown ? { ...shown, hint: text } : { tone: "note", text };
}
