import * as z from "zod";
import { Metadata } from "./metadata.ts";
import {
  answersField,
  assessmentTypeField,
  difficultyField,
  idField,
  instrumentVersionField,
  scoreField,
  severityField,
  timestampField,
} from "./schema-field.ts";

/** One completed self-assessment. `severity` is the published band of the score, '' where none is published. */
const fields = z.object({
  id: idField,
  assessment_type: assessmentTypeField,
  score: scoreField,
  severity: severityField,
  taken_at: timestampField,
});

/** `answers` holds one value an item, null where the person preferred not to answer. `difficulty` is the
 *  unscored function item, 0 (not difficult at all) to 3 (extremely difficult). */
const optionalFields = z.object({
  answers: answersField.optional(),
  source: z.enum(["answered", "score-only", "import"]).optional(),
  instrument_version: instrumentVersionField.optional(),
  difficulty: difficultyField.optional(),
});

export const AssessmentEntry = fields.extend(optionalFields.shape).extend({ metadata: Metadata }).loose();
export type AssessmentEntry = z.infer<typeof fields> &
  Defined<z.infer<typeof optionalFields>> & { metadata: Metadata };

type Defined<T> = { [K in keyof T]?: Exclude<T[K], undefined> };
