import { MAX_ANSWERS, MAX_NAME_CHARACTERS } from "../limits.ts";
import type { EntityOf, Fields } from "./field.ts";
import {
  INT32,
  list,
  nullable,
  oneOf,
  optional,
  text,
  UUID,
  wholeNumber,
  ZONED_TIME,
} from "./field-kinds.ts";

/** One completed self-assessment. `severity` is the published band of the score, '' where none is published.
 *  `answers` holds one value an item, null where the person preferred not to answer. `difficulty` is the unscored
 *  function item, 0 (not difficult at all) to 3 (extremely difficult). */
export type AssessmentEntry = EntityOf<typeof ASSESSMENT_ENTRY_FIELDS>;

export const ASSESSMENT_ENTRY_FIELDS = {
  id: UUID,
  assessment_type: text(1, MAX_NAME_CHARACTERS),
  score: INT32,
  severity: text(0, MAX_NAME_CHARACTERS),
  taken_at: ZONED_TIME,
  answers: optional(list(nullable(INT32), { maxItems: MAX_ANSWERS, column: "integer[]" })),
  source: optional(oneOf(["answered", "score-only", "import"])),
  instrument_version: optional(text(0, MAX_NAME_CHARACTERS)),
  difficulty: optional(wholeNumber(0, 3)),
} satisfies Fields;
