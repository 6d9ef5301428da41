import * as z from "zod";
import { MAX_CURSOR_CHARACTERS } from "../limits.ts";

/** A position in a user's server-side order of changes, opaque to clients. */
export const cursorField = z.string().max(MAX_CURSOR_CHARACTERS);

/** What the server wrote into a cursor. */
export interface CursorPosition {
  /** The user's sequence number after which changes are wanted; 0 is the start. */
  seq: number;
  /** Nonce of the upload that wrote `seq`, by which the server recognises its own past. */
  nonce: string;
  /** In a full download, until its last page: the purge horizon when it began. */
  startHorizon: number | null;
}

/** Nonce of position 0, before any upload. */
export const START_NONCE = "0".repeat(32);

const FORMAT_VERSION = "1";
const TEXT = /^1\.(0|[1-9]\d{0,14})\.([0-9a-f]{32})(?:\.(0|[1-9]\d{0,14}))?$/;

/** The text of a position: base64url, so that nobody is tempted to read it. */
export function encodeCursor({ seq, nonce, startHorizon }: CursorPosition): string {
  const parts = [FORMAT_VERSION, seq, nonce, ...(startHorizon === null ? [] : [startHorizon])];
  return Buffer.from(parts.join(".")).toString("base64url");
}

/** The position of a text that this server wrote; null for any other text. */
export function decodeCursor(cursor: string): CursorPosition | null {
  const text = Buffer.from(cursor, "base64url").toString("latin1");
  const match = TEXT.exec(text);
  // Decoding skips what is no base64url, so other texts would pass for this one.
  if (!match || Buffer.from(text).toString("base64url") !== cursor) return null;
  return {
    seq: Number(match[1]),
    nonce: match[2]!,
    startHorizon: match[3] === undefined ? null : Number(match[3]),
  };
}
