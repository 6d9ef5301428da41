import { MoodsyncError } from "../domain/moodsync-error.ts";
import { parseMoodValue } from "./mood-value.ts";

/** Reads values of moods: "4", "1-2", "bad", "1,4-5"; each once, ascending. Throws `invalid_input`. */
export function parseMoodRange(text: string): number[] {
  const values = text.split(",").flatMap((part) => {
    const ends = part.split("-");
    if (ends.length > 2) throw notARange(text);
    const [from, to = from!] = ends.map(parseMoodValue);
    if (from! > to) throw notARange(text);
    return Array.from({ length: to - from! + 1 }, (_, at) => from! + at);
  });
  return [...new Set(values)].sort();
}

function notARange(text: string): MoodsyncError {
  return new MoodsyncError("invalid_input", `"${text.slice(0, 20)}" is no range of moods.`, {
    hint: "Write it like 1-2, 4 or 1,5.",
  });
}
