import type { Entries } from "../../entries/entries.ts";
import { undoLast } from "../../entries/undo-last.ts";
import { systemZone } from "../../input/system-zone.ts";
import { shownLabels } from "../../local/queries/activities.ts";
import { undoneLines } from "../../output/undone-lines.ts";
import type { Device } from "../../sync/device.ts";

/** The entries of a device at this moment. */
export function entriesOf({ db, nowMs }: Pick<Device, "db" | "nowMs">): Entries {
  return { db, nowMs: nowMs(), zone: systemZone };
}

/** Takes back what the last command on this device changed, as `moodsync undo` does, and says in a sentence what that
 *  was. */
export function undoLastCommand(device: Device): string {
  const entries = entriesOf(device);
  const labels = shownLabels(device.db);
  const undone = undoLast(entries);
  if (!undone) return "There is nothing to undo on this device.";
  const now = { ms: entries.nowMs, offsetMinutes: systemZone(entries.nowMs) };
  return undoneLines("Took back", undone.changes, { now, labels })[0]!;
}
