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

/** Reads the answer to the unscored question how difficult the problems made life: 0 to 3.
 *  Throws `invalid_input`. */
export function parseDifficulty(text: string): number {
  const difficulty = parseWholeNumber(text, "The difficulty");
  if (difficulty >= 0 && difficulty <= 3) return difficulty;
  throw new MoodsyncError(
    "invalid_input",
    "The difficulty must be from 0 (not difficult at all) to 3 (extremely).",
  );
}
