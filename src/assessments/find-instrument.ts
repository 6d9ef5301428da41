import { ASSESSMENT_ENTRY_FIELDS } from "../domain/entities/assessment-entry.ts";
import { MoodsyncError } from "../domain/moodsync-error.ts";
import type { Instrument } from "./instrument.ts";
import { CES_D } from "./instruments/cesd.ts";
import { GAD_2 } from "./instruments/gad2.ts";
import { GAD_7 } from "./instruments/gad7.ts";
import { K6 } from "./instruments/k6.ts";
import { K10 } from "./instruments/k10.ts";
import { PCL_5 } from "./instruments/pcl5.ts";
import { PHQ_2 } from "./instruments/phq2.ts";
import { PHQ_4 } from "./instruments/phq4.ts";
import { PHQ_8 } from "./instruments/phq8.ts";
import { PHQ_9 } from "./instruments/phq9.ts";
import { PHQ_15 } from "./instruments/phq15.ts";
import { SCORE_ONLY } from "./instruments/score-only.ts";

/** Every instrument that is known, those first whose questions can be asked. */
export const INSTRUMENTS: readonly Instrument[] = [
  ...[PHQ_9, PHQ_8, PHQ_2, GAD_7, GAD_2, PHQ_4, PCL_5, CES_D, K6, K10, PHQ_15],
  ...SCORE_ONLY,
];

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
      hint: "Name one like PHQ-9, GAD-7 or K10, or one of your own.",
    });
  }
  return name;
}
