import type Database from "better-sqlite3";
import type { Activity } from "../../domain/entities/activity.ts";
import { differsByOneLetter } from "../../domain/text/similar-text.ts";
import { comparableText } from "../../domain/text/text.ts";
import { freeActivityId } from "../versions/natural-id.ts";
import type { Writer } from "../versions/write.ts";
import { listRows } from "./list-rows.ts";

/** Below this many letters two labels that differ by one are as likely meant as mistyped. */
const MIN_SUGGESTED_LETTERS = 5;

/** What a typed label means on this device. */
export type LabelMatch =
  | { status: "known"; activity: Activity }
  /** None has it, but these differ from it by one letter. */
  | { status: "similar"; labels: string[] }
  | { status: "new" };

/** Finds the live activity of a label, compared without case and blanks; of several the one with the smallest id. */
export function matchLabel(db: Database.Database, label: string): LabelMatch {
  const wanted = comparableText(label);
  const activities = listRows(db, "Activity").map((row) => row.entity as Activity);
  const same = activities.filter((activity) => comparableText(activity.label) === wanted);
  const [first] = same.sort((a, b) => (a.id < b.id ? -1 : 1));
  if (first) return { status: "known", activity: first };
  const similar = activities.filter((activity) => {
    const other = comparableText(activity.label);
    return [...other].length >= MIN_SUGGESTED_LETTERS && differsByOneLetter(wanted, other);
  });
  return similar.length > 0
    ? { status: "similar", labels: similar.map((activity) => activity.label) }
    : { status: "new" };
}

/** Stores a new activity under the identifier that its label gives; a deleted one of that label is revived. */
export function createActivity(
  db: Database.Database,
  writer: Writer,
  fields: Pick<Activity, "label" | "color_hex" | "icon">,
): Activity {
  return writer.put("Activity", { id: freeActivityId(db, fields.label), ...fields });
}

/** The label of every activity that was ever here; those of deleted ones are marked. */
export function activityLabels(db: Database.Database): Map<string, string> {
  return new Map(
    listRows(db, "Activity", { deleted: true }).map(({ id, content, deleted }) => [
      id,
      (content as Activity).label + (deleted ? " (deleted)" : ""),
    ]),
  );
}
