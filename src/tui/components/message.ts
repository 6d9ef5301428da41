import { toMoodsyncError } from "../../files/system-error.ts";

/** One sentence for the user, and what to do about it. */
export interface Message {
  tone: "done" | "note" | "problem";
  text: string;
  hint?: string | undefined;
}

/** What a failure says. */
export function problemMessage(thrown: unknown): Message {
  const { message, hint } = toMoodsyncError(thrown);
  return { tone: "problem", text: message, hint };
}
