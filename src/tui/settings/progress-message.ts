import type { SyncProgress } from "../../sync/exchange/sync-session.ts";
import { describeProgress } from "../../sync/sync-now.ts";
import type { Message } from "../components/message.ts";

/** What runs, and how far it is: "Uploading [######------] 300/1000"; below the message shown since it began. */
export function besideProgress(shown: Message | null, task: string, progress: SyncProgress | null): Message {
  const text = progress ? describeProgress(progress) : `${task} …`;
  return shown ? { ...shown, hint: text } : { tone: "note", text };
}
