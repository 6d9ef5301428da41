import { MAX_ACTIVITIES, MAX_NOTE_CHARACTERS } from "../limits.ts";
import type { EntityOf, Fields } from "./field.ts";
import { list, nullable, text, UUID, wholeNumber, ZONED_TIME } from "./field-kinds.ts";

/** How somebody felt at one moment, from 1 (awful) to 5 (great). `recorded_at` keeps the offset of the place. */
export type MoodEntry = EntityOf<typeof MOOD_ENTRY_FIELDS>;

export const MOOD_ENTRY_FIELDS = {
  id: UUID,
  value: wholeNumber(1, 5),
  activities: list(UUID, { maxItems: MAX_ACTIVITIES, unique: true, column: "uuid[]" }),
  note: nullable(text(0, MAX_NOTE_CHARACTERS)),
  recorded_at: ZONED_TIME,
} satisfies Fields;
