import type { SyncProgress } from "../../sync/exchange/sync-session.ts";
import type { Message } from "../components/message.ts";

const BAR_WIDTH = 24;

/** What runs, and how far it is: "Uploading [######------] 300/1000"; below what was said since it began. */
export function besideProgress(said: Message | null, task: string, progress: SyncProgress | null): Message {
  const text = progressText(task, progress);
  return said ? { ...said, hint: text } : { tone: "note", text };
}

function progressText(task: string, progress: SyncProgress | null): string {
  if (!progress) return `${task} …`;
  const { phase, done, total } = progress;
  const filled = total ? Math.round((BAR_WIDTH * done) / total) : 0;
  const bar = total ? `[${"#".repeat(filled).padEnd(BAR_WIDTH, "-")}] ${done}/${total}` : String(done);
  return `${phase === "upload" ? "Uploading" : "Downloading"} ${bar}`;
}
