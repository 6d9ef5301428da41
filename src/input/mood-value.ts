import { MOOD_NAMES } from "../domain/entities/mood-name.ts";
import { MoodsyncError } from "../domain/moodsync-error.ts";

/** Reads a mood value: 1 to 5, or its name in any case. Throws `invalid_input`. */
export function parseMoodValue(text: string): number {
  const typed = text.trim().toLowerCase();
  const value = /^[1-5]$/.test(typed)
    ? Number(typed)
    : MOOD_NAMES.indexOf(typed as (typeof MOOD_NAMES)[number]) + 1;
  if (value > 0) return value;
  const names = MOOD_NAMES.map((name, index) => `${index + 1} ${name}`).join(", ");
  throw new MoodsyncError("invalid_input", "The mood must be a whole number from 1 to 5.", {
    hint: `1 is the lowest and 5 the highest: ${names}.`,
  });
}

/** Whether a word is meant as a mood, also one that is on no scale of five, which is then said. */
export function looksLikeMood(text: string): boolean {
  return /^[0-9]$/.test(text) || (MOOD_NAMES as readonly string[]).includes(text.toLowerCase());
}
