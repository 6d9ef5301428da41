import { type Undone, undoLastCommand } from "../local/versions/undo.ts";
import type { Entries } from "./entries.ts";

/** Takes back what the last command on this device changed, as a new edit that syncs; what another device has changed
 *  since stays. Null when there is nothing to undo. */
export function undoLast({ db, nowMs }: Entries): Undone | null {
  return undoLastCommand(db, nowMs);
}
