import type { FieldRule } from "../domain/entities/field-rules.ts";
import { iconRule, labelRule, noteRule } from "../domain/entities/field-rules.ts";
import { MoodsyncError } from "../domain/moodsync-error.ts";

/** A note as it is stored: as given, or null when it is empty. Throws `invalid_input`. */
export function checkedNote(text: string): string | null {
  return text === "" ? null : checked("note", noteRule, text);
}

/** A label as it is stored: without blanks around it. Throws `invalid_input`. */
export function checkedLabel(text: string): string {
  return checked("label", labelRule, text.trim());
}

/** An icon as it is stored, or null when it is empty. Throws `invalid_input`. */
export function checkedIcon(text: string): string | null {
  return text.trim() === "" ? null : checked("icon", iconRule, text.trim());
}

function checked(name: string, rule: FieldRule, text: string): string {
  const problem = rule(text);
  if (problem) throw new MoodsyncError("invalid_input", `The ${name} ${problem}.`);
  return text;
}
