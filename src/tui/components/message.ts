import { MoodsyncError } from "../../domain/moodsync-error.ts";
import { toStorageError } from "../../local/storage-error.ts";

/** One sentence for the user, and what to do about it. */
export interface Message {
  tone: "done" | "note" | "problem";
  text: string;
  hint?: string | undefined;
}

/** What a failure says: its own sentence; of one that nobody foresaw, only that it happened. */
export function problemMessage(thrown: unknown): Message {
  const error = toStorageError(thrown);
  if (error instanceof MoodsyncError) return { tone: "problem", text: error.message, hint: error.hint };
  return { tone: "problem", text: "Something unforeseen went wrong; what was stored before is true." };
}
