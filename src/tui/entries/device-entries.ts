import { findInstrument } from "../../assessments/find-instrument.ts";
import { safetyNotice } from "../../assessments/safety/notice.ts";
import type { Entries } from "../../entries/entries.ts";
import { undoLast } from "../../entries/undo-last.ts";
import { systemZone } from "../../input/system-zone.ts";
import { shownLabels } from "../../local/queries/activities.ts";
import { toEnd } from "../../local/storage/to-end.ts";
import { undoneSentence } from "../../output/undone-lines.ts";
import type { Device } from "../../sync/device.ts";
import type { Message } from "../components/message.ts";

/** The entries of a device at this moment. */
export function entriesOf({ db, nowMs }: Pick<Device, "db" | "nowMs">): Entries {
  return { db, nowMs: nowMs(), zone: systemZone };
}

/** Takes back what the last command on this device changed, as `moodsync undo` does, and says in a sentence what that
 *  was; before it, the notice that a result calls for which came back. */
export function undoLastCommand(device: Device, { separator }: { separator?: string } = {}): Message {
  const entries = entriesOf(device);
  const labels = shownLabels(device.db);
  const undone = toEnd(undoLast(entries));
  if (!undone) return { tone: "note", text: "There is nothing to undo on this device." };
  const now = { ms: entries.nowMs, offsetMinutes: systemZone(entries.nowMs) };
  const text = undoneSentence(undone, {
    now,
    labels,
    ...(separator ? { separator } : {}),
  });
  const notices = undone.recentResults.flatMap(
    (result) => safetyNotice(findInstrument(result.assessment_type), result, READER) ?? [],
  );
  const triggered = notices.find((notice) => notice.triggered);
  if (triggered) return { tone: "note", text: triggered.text.replaceAll("\n", " "), hint: text };
  return { tone: "done", text, hint: notices[0]?.text };
}

/** There is room for the two lines only, and they name where the others are. */
const READER = { region: undefined, contacts: [], short: true };
