import { MoodsyncError } from "../domain/moodsync-error.ts";

/** Reads a whole number of plain digits, with a minus sign where it is negative. `name` is what it is called in the
 *  refusal ("The score"). Throws `invalid_input`. */
export function parseWholeNumber(text: string, name: string): number {
  const typed = text.trim();
  if (!/^-?\d{1,10}$/.test(typed) || Math.abs(Number(typed)) > 2 ** 31 - 1) {
    throw new MoodsyncError("invalid_input", `${name} must be a whole number.`, {
      hint: "Write it in digits, like 12.",
    });
  }
  return Number(typed) + 0;
}
