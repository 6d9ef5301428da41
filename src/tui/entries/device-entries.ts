import type { Entries } from "../../entries/entries.ts";
import { undoLast } from "../../entries/undo-last.ts";
import { systemZone } from "../../input/system-zone.ts";
import { formatMoment } from "../../output/moment.ts";
import type { Device } from "../../sync/device.ts";

/** The entries of a device at this moment. */
export function entriesOf({ db, nowMs }: Pick<Device, "db" | "nowMs">): Entries {
  return { db, nowMs: nowMs(), zone: systemZone };
}

/** Takes back what the last command on this device changed, as `moodsync undo` does, and says in a sentence what that
 *  was. */
export function undoLastCommand(device: Device): string {
  const entries = entriesOf(device);
  const undone = undoLast(entries);
  if (!undone) return "There is nothing to undo on this device.";
  const at = (ms: number) => ({ ms, offsetMinutes: systemZone(ms) });
  return `Undone: ${undone.command} of ${formatMoment(at(undone.ranAtMs), at(entries.nowMs))}`;
}
