import { toMoodsyncError } from "../../files/system-error.ts";
import type { ShownMessage } from "../../output/screen/message-lines.ts";

/** One sentence for the user, and what to do about it. */
export interface Message extends ShownMessage {
  tone: "done" | "note" | "problem";
}

/** What a failure says, and in which file what was typed lies meanwhile. */
export function problemMessage(thrown: unknown, keptIn: string | null = null): Message {
  const { message, hint } = toMoodsyncError(thrown);
  const kept = keptIn === null ? [] : [`What you typed is kept in ${keptIn}.`];
  return { tone: "problem", text: message, hint: [...kept, ...(hint ? [hint] : [])].join(" ") || undefined };
}
