import type { Activity } from "../domain/entities/activity.ts";
import type { AssessmentEntry } from "../domain/entities/assessment-entry.ts";
import type { MoodEntry } from "../domain/entities/mood-entry.ts";
import type { Schedule } from "../domain/entities/schedule.ts";
import { comparableText } from "../domain/text/text.ts";
import type { StoredRow } from "../local/versions/rows.ts";

/** Whether an entry contains a text, without regard to case: a mood in its note or a label of its activities, anything
 *  else in its name. `labels` are those of all activities, by id. An empty text is in everything. */
export function createSearch(text: string, labels: ReadonlyMap<string, string>): (row: StoredRow) => boolean {
  const wanted = comparableText(text);
  const comparableLabels = new Map<string, string>();
  for (const [id, label] of labels) comparableLabels.set(id, comparableText(label));
  const textsOf = ({ entityType, content }: StoredRow): string[] => {
    switch (entityType) {
      case "MoodEntry": {
        const { note, activities } = content as MoodEntry;
        return [comparableText(note ?? ""), ...activities.map((id) => comparableLabels.get(id) ?? "")];
      }
      case "AssessmentEntry":
        return [comparableText((content as AssessmentEntry).assessment_type)];
      case "Activity":
        return [comparableText((content as Activity).label)];
      case "Schedule":
        return [comparableText((content as Schedule).assessment_type)];
    }
  };
  return (row) => wanted === "" || textsOf(row).some((one) => one.includes(wanted));
}
