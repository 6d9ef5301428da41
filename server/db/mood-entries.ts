import type { Columns, EntityTable } from "./entity-table.ts";

/** Mood entries, with the local time of the place where each was written. */
export const moodEntries: EntityTable = {
  entityType: "MoodEntry",
  table: "mood_entries",
  columns: {
    value: "integer",
    activities: "uuid[]",
    note: "text",
    recorded_at: "zoned",
  } satisfies Columns<"MoodEntry">,
};
