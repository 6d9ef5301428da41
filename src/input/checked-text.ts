import { ACTIVITY_FIELDS } from "../domain/entities/activity.ts";
import type { ValueKind } from "../domain/entities/field.ts";
import { MOOD_ENTRY_FIELDS } from "../domain/entities/mood-entry.ts";
import { MoodsyncError } from "../domain/moodsync-error.ts";

/** A note as it is stored: as given, or null when it is empty. Throws `invalid_input`. */
export function checkedNote(text: string): string | null {
  return text === "" ? null : checked("note", MOOD_ENTRY_FIELDS.note, text);
}

/** A label as it is stored: without blanks around it. Throws `invalid_input`. */
export function checkedLabel(text: string): string {
  return checked("label", ACTIVITY_FIELDS.label, text.trim());
}

/** An icon as it is stored, or null when it is empty. Throws `invalid_input`. */
export function checkedIcon(text: string): string | null {
  return text.trim() === "" ? null : checked("icon", ACTIVITY_FIELDS.icon, text.trim());
}

function checked(name: string, { rule }: ValueKind, text: string): string {
  const problem = rule(text);
  if (problem) throw new MoodsyncError("invalid_input", `The ${name} ${problem}.`);
  return text;
}
