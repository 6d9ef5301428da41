import { MoodsyncError } from "../domain/moodsync-error.ts";

/** Reads a colour: six or three hexadecimal digits, # or not, any case; stored as "#4caf50".
 *  Throws `invalid_input`. */
export function parseColour(text: string): string {
  const digits = /^#?([0-9a-f]{6}|[0-9a-f]{3})$/.exec(text.trim().toLowerCase())?.[1];
  if (!digits) {
    throw new MoodsyncError("invalid_input", "The colour must be six hexadecimal digits after a #.", {
      hint: "Write it in quotes, like '#4caf50': the shell takes a bare # for a comment.",
    });
  }
  return `#${digits.length === 3 ? digits.replace(/./g, "$&$&") : digits}`;
}
