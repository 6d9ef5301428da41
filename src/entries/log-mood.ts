import { randomUUID } from "node:crypto";
import type { Activity } from "../domain/entities/activity.ts";
import type { MoodEntry } from "../domain/entities/mood-entry.ts";
import { writeAs } from "../local/versions/write.ts";
import { type ChosenActivities, chooseActivities } from "./activities.ts";
import { type Entries, timeOf } from "./entries.ts";

/** A mood before it is stored. Without `recorded_at` it is one of this moment. */
export interface NewMood extends Partial<Omit<MoodEntry, "id" | "metadata" | "activities">> {
  value: number;
  activities?: ChosenActivities;
}

/** Logs a mood, and creates the activities that it names and that are not there yet. Throws `SimilarLabel`, and
 *  `invalid_input` for what no server would store. */
export function logMood(entries: Entries, mood: NewMood): { mood: MoodEntry; created: Activity[] } {
  const { moods, created } = logMoods(entries, [mood]);
  return { mood: moods[0]!, created };
}

/** Logs several moods, all or none: what `undo` takes back together. */
export function logMoods(
  entries: Entries,
  moods: readonly NewMood[],
): { moods: MoodEntry[]; created: Activity[] } {
  const { db, nowMs } = entries;
  const created: Activity[] = [];
  const now = timeOf(entries);
  return writeAs(db, { name: "log mood", nowMs }, (writer) => ({
    moods: moods.map(({ activities = [], ...mood }) => {
      const chosen = chooseActivities(db, writer, activities);
      created.push(...chosen.created);
      const fields = { note: null, recorded_at: now, ...mood, activities: chosen.ids };
      return writer.put("MoodEntry", { ...fields, id: randomUUID() });
    }),
    created,
  }));
}
