import type Database from "better-sqlite3";
import { findInstrument } from "../assessments/find-instrument.ts";
import { isUuid } from "../domain/identifiers.ts";
import { MoodsyncError } from "../domain/moodsync-error.ts";
import { findRow } from "../local/queries/find.ts";
import type { StoredRow } from "../local/versions/rows.ts";
import { readRow } from "../local/versions/rows.ts";
import { matchLabel } from "./activities.ts";
import { schedulesOf } from "./schedules.ts";

/** The live activity that a person means by its label or by an id. Throws `not_found` or `ambiguous_id`. */
export function findActivity(db: Database.Database, typed: string): StoredRow {
  const match = matchLabel(db, typed);
  if (match.status === "known") return readRow(db, "Activity", match.activity.id)!;
  return findOfType(
    db,
    typed,
    "Activity",
    "No activity has that label or id.",
    "`moodsync activity list` shows them.",
  );
}

/** The live schedule that a person means by its assessment or by an id. Throws `not_found` or `ambiguous_id`. */
export function findSchedule(db: Database.Database, typed: string): StoredRow {
  const [schedule, another] = schedulesOf(db, findInstrument(typed)?.name ?? typed.trim());
  if (schedule && !another) return readRow(db, "Schedule", schedule.id)!;
  if (another) {
    throw new MoodsyncError("ambiguous_id", "That assessment has more than one schedule.", {
      hint: "Name the schedule by its id; `moodsync schedule list` shows them.",
    });
  }
  return findOfType(
    db,
    typed,
    "Schedule",
    "No schedule has that assessment or id.",
    "`moodsync schedule list` shows them.",
  );
}

function findOfType(
  db: Database.Database,
  typed: string,
  entityType: "Activity" | "Schedule",
  message: string,
  hint: string,
): StoredRow {
  const looksLikeId = isUuid(typed.toLowerCase()) || /^[0-9a-f][0-9a-f-]{3,35}$/i.test(typed);
  const row = looksLikeId ? findRow(db, typed) : null;
  if (row?.entityType === entityType) return row;
  throw new MoodsyncError("not_found", message, { hint });
}
