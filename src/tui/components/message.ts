import { toMoodsyncError } from "../../files/system-error.ts";
import type { ShownMessage } from "../../output/screen/message-lines.ts";

/** One sentence for the user, and what to do about it. */
export interface Message extends ShownMessage {
  tone: "done" | "note" | "problem";
}

/** What a failure says. */
export function problemMessage(thrown: unknown): Message {
  const { message, hint } = toMoodsyncError(thrown);
  return { tone: "problem", text: message, hint };
}
