import { randomUUID } from "node:crypto";
import type { MoodEntry } from "../../domain/mood-entry.ts";
import { formatTimestamp } from "../../domain/timestamp.ts";
import { systemZone } from "../../input/system-zone.ts";
import { readRow, type StoredRow } from "../../local/rows.ts";
import { type Undone, undoLastCommand } from "../../local/undo.ts";
import { writeAs } from "../../local/write.ts";
import { formatMoment } from "../../output/moment.ts";
import type { Device } from "../../sync/device.ts";

type World = Pick<Device, "db" | "nowMs">;

/** Logs a mood of this moment, without a note. */
export function logMood({ db, nowMs }: World, value: number): MoodEntry {
  const ms = nowMs();
  const recorded_at = formatTimestamp({ ms, offsetMinutes: systemZone(ms) });
  return writeAs(db, { name: "log mood", nowMs: ms }, (writer) =>
    writer.put("MoodEntry", { id: randomUUID(), value, activities: [], note: null, recorded_at }),
  );
}

export type MoodChanges = Partial<Pick<MoodEntry, "value" | "note" | "activities" | "recorded_at">>;

/** Changes the named fields of a mood as it stands now; another process may have changed or deleted it meanwhile.
 *  Null where it is deleted. */
export function editMood({ db, nowMs }: World, id: string, changes: MoodChanges): MoodEntry | null {
  return writeAs(db, { name: "edit", nowMs: nowMs() }, (writer) => {
    const entity = readRow(db, "MoodEntry", id)?.entity as MoodEntry | null | undefined;
    return entity ? writer.put("MoodEntry", { ...entity, ...changes }) : null;
  });
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
