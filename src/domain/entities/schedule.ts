import { ASSESSMENT_ENTRY_FIELDS } from "./assessment-entry.ts";
import type { EntityOf, Fields } from "./field.ts";
import { BOOLEAN, nullable, oneOf, optional, UUID, ZONED_TIME } from "./field-kinds.ts";
import { FREQUENCIES } from "./frequency.ts";

/** When an assessment is due. Occurrences are counted from `anchor_at`, so that monthly from 31 January
 *  is 28 February and then 31 March. */
export type Schedule = EntityOf<typeof SCHEDULE_FIELDS>;

export const SCHEDULE_FIELDS = {
  id: UUID,
  assessment_type: ASSESSMENT_ENTRY_FIELDS.assessment_type,
  frequency: oneOf(FREQUENCIES),
  enabled: BOOLEAN,
  next_due_at: nullable(ZONED_TIME),
  anchor_at: optional(ZONED_TIME),
} satisfies Fields;
