import * as z from "zod";
import type { Frequency } from "./frequency.ts";
import { FREQUENCIES } from "./frequency.ts";
import { Metadata } from "./metadata.ts";
import { assessmentTypeField, idField, timestampField } from "./schema-field.ts";

/** When an assessment is due. Occurrences are counted from `anchor_at`, so that monthly from 31 January
 *  is 28 February and then 31 March. */
const fields = z.object({
  id: idField,
  assessment_type: assessmentTypeField,
  frequency: z.enum(FREQUENCIES),
  enabled: z.boolean(),
  next_due_at: timestampField.nullable(),
});

export const Schedule = fields.extend({ anchor_at: timestampField.optional(), metadata: Metadata }).loose();
export type Schedule = z.infer<typeof fields> & {
  frequency: Frequency;
  anchor_at?: string;
  metadata: Metadata;
};
