import type { Frequency } from "../domain/entities/frequency.ts";
import { FREQUENCIES } from "../domain/entities/frequency.ts";
import { MoodsyncError } from "../domain/moodsync-error.ts";

/** Reads a frequency in any case. Throws `invalid_input`. */
export function parseFrequency(text: string): Frequency {
  const frequency = FREQUENCIES.find((name) => name.toLowerCase() === text.trim().toLowerCase());
  if (frequency) return frequency;
  throw new MoodsyncError("invalid_input", "The frequency must be daily, weekly, biweekly or monthly.", {
    hint: "Biweekly means every second week.",
  });
}
