import { groupedNumber } from "../domain/text/grouped-number.ts";
import type { TerminalStyle } from "./terminal-style.ts";

export interface Progress {
  phase: "upload" | "download";
  done: number;
  /** Null where it is not known. */
  total: number | null;
}

const NAME = { upload: "Uploading", download: "Downloading" };
const NAME_COLUMNS = "Downloading  ".length;
const BAR_COLUMNS = 28;
const LEAST_BAR_COLUMNS = 4;

/** How far something is, in one line: "Uploading    ━━━━━━━─────  300 of 1,000". The bar gives way to the numbers. */
export function progressLine(
  { phase, done, total }: Progress,
  columns: number,
  style: TerminalStyle,
): string {
  const numbers = total
    ? `${groupedNumber(Math.min(done, total))} of ${groupedNumber(total)}`
    : groupedNumber(done);
  const name = NAME[phase];
  const bar = Math.min(BAR_COLUMNS, columns - NAME_COLUMNS - numbers.length - 2);
  if (!total || style.isPlain || bar < LEAST_BAR_COLUMNS) return `${name}  ${numbers}`;
  const filled = Math.round((bar * Math.min(done, total)) / total);
  const { glyphs, isAscii } = style;
  const ends = isAscii ? ["[", "]"] : ["", ""];
  const room = isAscii ? bar - 2 : bar;
  const full = glyphs.progress.repeat(Math.min(filled, room));
  return `${name.padEnd(NAME_COLUMNS)}${ends[0]}${full}${glyphs.progressLeft.repeat(room - full.length)}${ends[1]}  ${numbers}`;
}
