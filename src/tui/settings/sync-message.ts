import type { MoodsyncError } from "../../domain/moodsync-error.ts";
import {
  describeExchange,
  describeRejected,
  describeUnreadable,
  type SyncOutcome,
} from "../../sync/sync-now.ts";
import { type Message, problemMessage } from "../components/message.ts";

const ACCEPT_HINT = "If they were deleted on purpose, Accept deletion on the Connection page continues.";

const KEY_HINT =
  "The row Sealing key on the Connection page takes it, or `moodsync sync key enter`; another device shows it.";

/** What a failure says here, where rows do what commands do elsewhere. */
export function failureMessage(error: MoodsyncError): Message {
  const message = problemMessage(error);
  if (error.code === "too_many_deletions") return { ...message, hint: ACCEPT_HINT };
  const isKeyAsked = error.code === "sealed_account" || error.code === "wrong_sealing_key";
  return isKeyAsked ? { ...message, hint: KEY_HINT } : message;
}

/** What a sync came to; null where it was stopped. */
export function syncMessage(outcome: SyncOutcome): Message | null {
  const { status, error, rejected, unreadable, notices } = outcome;
  if (error?.code === "interrupted") return null;
  if (error) return failureMessage(error);
  const hint = notices.join(" ") || undefined;
  if (status === "busy") return { tone: "note", text: notices[0]! };
  if (rejected > 0) return { tone: "problem", text: `${describeRejected(rejected)}.`, hint };
  if (unreadable > 0) return { tone: "problem", text: describeUnreadable(unreadable), hint };
  return { tone: "done", text: describeExchange(outcome), hint };
}
