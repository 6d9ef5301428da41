import { MAX_ICON_CHARACTERS } from "../limits.ts";
import type { EntityOf, Fields } from "./field.ts";
import { BOOLEAN, COLOUR, LABEL, nullable, optional, text, UUID } from "./field-kinds.ts";

/** Something that a mood entry can name: "run", "family". One that is `archived` is no longer offered. One with
 *  `merged_into` is another activity by now: moods that name it count for that one, see `standingActivity`. */
export type Activity = EntityOf<typeof ACTIVITY_FIELDS>;

export const ACTIVITY_FIELDS = {
  id: UUID,
  label: LABEL,
  color_hex: nullable(COLOUR),
  icon: nullable(text(0, MAX_ICON_CHARACTERS)),
  archived: optional(BOOLEAN, { since: 2 }),
  merged_into: optional(UUID, { since: 2 }),
} satisfies Fields;
