import { MAX_ANSWERS } from "../domain/limits.ts";
import { MoodsyncError } from "../domain/moodsync-error.ts";

/** Reads the answers of an assessment: whole numbers between commas, "-" for "prefer not to answer" (null). Their
 *  range and number are those of the instrument and checked with it. Throws `invalid_input`. */
export function parseAnswers(text: string): (number | null)[] {
  const parts = text.split(",").map((part) => part.trim());
  if (parts.length > MAX_ANSWERS || !parts.every((part) => /^(-|-?\d{1,9})$/.test(part))) {
    throw new MoodsyncError("invalid_input", "The answers must be whole numbers, separated by commas.", {
      hint: "Write one for each item, like 0,1,2,0,1,1,0,0,0; a - leaves an item out where that is offered, as the last of the PHQ-9.",
    });
  }
  return parts.map((part) => (part === "-" ? null : Number(part) + 0));
}
