import {
  type CursorPosition,
  decodeCursor,
  encodeCursor,
  START_NONCE,
} from "../../src/domain/protocol/cursor.ts";
import type { ResyncReason } from "../../src/domain/protocol/error-code.ts";
import type { UserPosition } from "./store.ts";

/** The cursors of one request. `main` is the device's stored cursor (`client_cursor`, `since`). */
export interface RequestCursors {
  main: CursorPosition;
  /** Nothing was stored yet: a full download begins with this request. */
  mainIsEmpty: boolean;
  seen: CursorPosition | null;
}

const START: CursorPosition = { seq: 0, nonce: START_NONCE, startHorizon: null };

/** Null when one of them cannot be read: it is not of this server. */
export function readCursors(
  main: string | null | undefined,
  seen: string | null | undefined,
): RequestCursors | null {
  const mainPosition = isEmpty(main) ? START : decodeCursor(main);
  const seenPosition = isEmpty(seen) ? null : decodeCursor(seen);
  if (mainPosition === null || (seenPosition === null && !isEmpty(seen))) return null;
  return { main: mainPosition, mainIsEmpty: isEmpty(main), seen: seenPosition };
}

/** The seqs whose nonces {@link findResyncReason} needs. */
export function seqsOf(cursors: RequestCursors | null): number[] {
  if (cursors === null) return [];
  const { main, seen } = cursors;
  return seen === null ? [main.seq] : [main.seq, seen.seq];
}

/** Why the device has to start over, or null. All cursors must be of this server's past, and of the account's generation,
 *  before the purge counts; the purge counts for `main` only, and for a full download only if it came after its
 *  beginning. */
export function findResyncReason(cursors: RequestCursors, position: UserPosition): ResyncReason | null {
  const { main, mainIsEmpty, seen } = cursors;
  const ownPast = ({ seq, nonce }: CursorPosition) =>
    seq === 0
      ? nonce === START_NONCE
      : seq >= position.generation.firstSeq && nonce === position.nonceBySeq.get(seq);
  if (!ownPast(main) || (seen !== null && !ownPast(seen))) return "unknown_cursor";
  if (mainIsEmpty) return null;
  const passed = main.startHorizon ?? main.seq;
  return passed < position.purgeHorizon ? "cursor_expired" : null;
}

/** The cursor of a head, at which nothing more is to be had. */
export function headCursor({ seq, nonce }: { seq: number; nonce: string }): string {
  return encodeCursor({ seq, nonce, startHorizon: null });
}

/** Whether the device has seen everything up to that head. */
export function isAtHead({ main }: RequestCursors, headSeq: number): boolean {
  return main.seq === headSeq && main.startHorizon === null;
}

function isEmpty(cursor: string | null | undefined): cursor is null | undefined | "" {
  return cursor === null || cursor === undefined || cursor === "";
}
