import type { SyncProgress } from "../../sync/sync-session.ts";
import type { Message } from "../components/message.ts";

const BAR_WIDTH = 24;

/** What runs, and how far it is: "Uploading [######------] 300/1000". */
export function progressMessage(task: string, progress: SyncProgress | null): Message {
  if (!progress) return { tone: "note", text: `${task} …` };
  const { phase, done, total } = progress;
  const filled = total ? Math.round((BAR_WIDTH * done) / total) : 0;
  const bar = total ? `[${"#".repeat(filled).padEnd(BAR_WIDTH, "-")}] ${done}/${total}` : String(done);
  return { tone: "note", text: `${phase === "upload" ? "Uploading" : "Downloading"} ${bar}` };
}
