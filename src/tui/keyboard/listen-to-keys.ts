import type { Readable } from "node:stream";
import type { Key } from "./key.ts";
import { createKeyReader } from "./key-reader.ts";

/** How long an escape character may be the begin of a sequence, in ms; what a key sends comes in one piece, but for a
 *  slow line. */
const ESCAPE_WAIT_MS = 25;

/** Calls back with the keys of a terminal in raw mode, those together that came together. Returns what ends that. */
export function listenToKeys(input: Readable, onKeys: (keys: readonly Key[]) => void): () => void {
  const reader = createKeyReader();
  let escapeTimer: NodeJS.Timeout | undefined;
  const onPiece = (piece: string) => {
    clearTimeout(escapeTimer);
    onKeys(reader.read(piece));
    if (reader.isEscapeOpen()) escapeTimer = setTimeout(() => onKeys(reader.endEscape()), ESCAPE_WAIT_MS);
  };
  // Half a character waits for its other half.
  input.setEncoding("utf8");
  input.on("data", onPiece);
  // Whoever listened before has paused it.
  input.resume();
  return () => {
    clearTimeout(escapeTimer);
    input.off("data", onPiece);
    input.pause();
  };
}
