import { ASSESSMENT_ENTRY_FIELDS } from "../domain/entities/assessment-entry.ts";
import { MoodsyncError } from "../domain/moodsync-error.ts";
import type { Instrument } from "./instrument.ts";
import { PHQ_FAMILY } from "./phq-family.ts";
import { SCORE_ONLY } from "./score-only.ts";

export const INSTRUMENTS: readonly Instrument[] = [...PHQ_FAMILY, ...SCORE_ONLY];

/** The instrument of a name in any case, with or without hyphens and spaces ("phq9", "Phq 9"); undefined for a
 *  type of the person's own. */
export function findInstrument(name: string): Instrument | undefined {
  const id = name.toLowerCase().replace(/[\s_-]+/g, "");
  return INSTRUMENTS.find((instrument) => instrument.id === id);
}

/** A typed assessment type as it is stored: an instrument's own name, else what was typed, trimmed.
 *  Throws `invalid_input` when it is empty or longer than 64 characters. */
export function assessmentTypeOf(typed: string): string {
  const name = findInstrument(typed)?.name ?? typed.trim();
  const problem = ASSESSMENT_ENTRY_FIELDS.assessment_type.rule(name);
  if (problem) {
    throw new MoodsyncError("invalid_input", `The assessment type ${problem}.`, {
      hint: `Name one like ${PHQ_FAMILY.map((instrument) => instrument.name).join(", ")}, or one of your own.`,
    });
  }
  return name;
}
