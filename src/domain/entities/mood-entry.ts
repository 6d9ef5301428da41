import * as z from "zod";
import { Metadata } from "./metadata.ts";
import { activityIdsField, idField, moodValueField, noteField, timestampField } from "./schema-field.ts";

/** How somebody felt at one moment, from 1 (awful) to 5 (great). `recorded_at` keeps the offset of the place. */
const fields = z.object({
  id: idField,
  value: moodValueField,
  activities: activityIdsField,
  note: noteField,
  recorded_at: timestampField,
});

export const MoodEntry = fields.extend({ metadata: Metadata }).loose();
export type MoodEntry = z.infer<typeof fields> & { metadata: Metadata };
