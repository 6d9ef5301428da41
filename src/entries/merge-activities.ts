import type { Activity } from "../domain/entities/activity.ts";
import { MoodsyncError } from "../domain/moodsync-error.ts";
import { activitiesById, countMoodsOf } from "../local/queries/activities.ts";
import { readRow } from "../local/versions/rows.ts";
import { writeAs } from "../local/versions/write.ts";
import type { Entries } from "./entries.ts";

/** Makes one activity of two: whatever names the first counts for the second from then on, on all devices, also moods
 *  that one of them logs later. One row changes, however many moods there are, so `undoLast` takes it back. `moods` is
 *  how many it gained. Throws `not_found` where one is deleted, `invalid_input` where they are one already. */
export function mergeActivities(
  { db, nowMs }: Entries,
  { fromId, intoId }: { fromId: string; intoId: string },
): { merged: Activity; into: Activity; moods: number } {
  return writeAs(db, { name: "activity merge", nowMs }, (writer) => {
    const byId = activitiesById(db);
    const from = readRow(db, "Activity", fromId)?.entity as Activity | null | undefined;
    const into = byId.get(intoId);
    if (!from || !into || into.metadata.deleted_at !== null) {
      throw new MoodsyncError("not_found", "One of the two activities has been deleted.");
    }
    if (byId.get(fromId)!.id === into.id) {
      throw new MoodsyncError("invalid_input", "These two are one activity already.");
    }
    const merged = writer.put("Activity", { ...from, merged_into: into.id });
    const moved = [...activitiesById(db)].filter(([id, { id: now }]) => byId.get(id)?.id !== now);
    return { merged, into, moods: countMoodsOf(db, new Set(moved.map(([id]) => id))) };
  });
}
