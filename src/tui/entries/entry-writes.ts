import type { MoodEntry } from "../../domain/entities/mood-entry.ts";
import { MoodsyncError } from "../../domain/moodsync-error.ts";
import { editEntry } from "../../entries/edit-entry.ts";
import { systemZone } from "../../input/system-zone.ts";
import { readRow, type StoredRow } from "../../local/versions/rows.ts";
import { type Undone, undoLastCommand } from "../../local/versions/undo.ts";
import { writeAs } from "../../local/versions/write.ts";
import { formatMoment } from "../../output/moment.ts";
import type { Device } from "../../sync/device.ts";

type World = Pick<Device, "db" | "nowMs">;

export type MoodChanges = Partial<Pick<MoodEntry, "value" | "note" | "activities" | "recorded_at">>;

/** Changes the named fields of a mood as it stands now; another process may have changed it meanwhile. Returns whether
 *  that is a new version. Throws `not_found` where it is deleted. */
export function editMood({ db, nowMs }: World, id: string, changes: MoodChanges): boolean {
  const { isChanged } = editEntry(db, {
    name: "edit",
    nowMs: nowMs(),
    find() {
      const row = readRow(db, "MoodEntry", id);
      if (row?.entity) return row;
      throw new MoodsyncError("not_found", "That entry was deleted meanwhile.");
    },
    change: ({ entity }) => ({ ...(entity as MoodEntry), ...changes }),
  });
  return isChanged;
}

export function deleteEntry({ db, nowMs }: World, { entityType, id }: StoredRow): void {
  writeAs(db, { name: "delete", nowMs: nowMs() }, (writer) => writer.remove(entityType, id));
}

/** Takes back what the last command on this device changed, as `moodsync undo` does, and says in a sentence what that
 *  was. */
export function undoLast({ db, nowMs }: World): string {
  const ms = nowMs();
  const undone: Undone | null = undoLastCommand(db, ms);
  if (!undone) return "There is nothing to undo on this device.";
  const at = (instant: number) => ({ ms: instant, offsetMinutes: systemZone(instant) });
  return `Undone: ${undone.command} of ${formatMoment(at(undone.ranAtMs), at(ms))}`;
}
