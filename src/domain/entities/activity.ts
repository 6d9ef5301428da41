import { MAX_ICON_CHARACTERS } from "../limits.ts";
import type { EntityOf, Fields } from "./field.ts";
import { COLOUR, LABEL, nullable, text, UUID } from "./field-kinds.ts";

/** Something that a mood entry can name: "run", "family". */
export type Activity = EntityOf<typeof ACTIVITY_FIELDS>;

export const ACTIVITY_FIELDS = {
  id: UUID,
  label: LABEL,
  color_hex: nullable(COLOUR),
  icon: nullable(text(0, MAX_ICON_CHARACTERS)),
} satisfies Fields;
