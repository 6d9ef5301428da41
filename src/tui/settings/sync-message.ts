import { describeExchange, describeRejected, type SyncOutcome } from "../../sync/sync-now.ts";
import { type Message, problemMessage } from "../components/message.ts";

const ACCEPT_HINT = "If they were deleted on purpose, Accept deletion on the Connection page continues.";

/** What a sync came to; null where it was stopped. */
export function syncMessage(outcome: SyncOutcome): Message | null {
  const { status, error, rejected, notices } = outcome;
  if (error?.code === "interrupted") return null;
  if (error?.code === "too_many_deletions") return { ...problemMessage(error), hint: ACCEPT_HINT };
  if (error) return problemMessage(error);
  const hint = notices.join(" ") || undefined;
  if (status === "busy") return { tone: "note", text: notices[0]! };
  if (status === "partial") return { tone: "problem", text: `${describeRejected(rejected)}.`, hint };
  return { tone: "done", text: describeExchange(outcome), hint };
}
