import type Database from "better-sqlite3";
import { findInstrument } from "../assessments/find-instrument.ts";
import type { Entity } from "../domain/entities/entity.ts";
import { isUuid } from "../domain/identifiers.ts";
import { MoodsyncError } from "../domain/moodsync-error.ts";
import { findByPrefix, findLastCreated } from "../local/queries/find.ts";
import { shortId } from "../local/queries/short-id.ts";
import type { StoredRow } from "../local/versions/rows.ts";
import { readRow } from "../local/versions/rows.ts";
import { matchLabel } from "./activities.ts";
import { schedulesOf } from "./schedules.ts";

/** Fewest characters of a shortened identifier. */
const MIN_PREFIX = 4;
const PREFIX = /^[0-9a-f][0-9a-f-]{3,35}$/;

/** The row that a typed reference means: an identifier, a unique prefix of 4 or more characters, or `@last`
 *  (the mood or assessment created last on this device, of those that were not deleted). Deleted ones only when asked for.
 *  Throws `not_found`, `ambiguous_id`, or `invalid_input` for what cannot be an identifier. */
export function findEntry(
  db: Database.Database,
  reference: string,
  options: { deleted?: boolean } = {},
): StoredRow {
  const isLast = reference === "@last";
  const rows = isLast ? [findLastCreated(db)].filter((row) => row !== null) : startingWith(db, reference);
  const candidates = options.deleted ? rows : rows.filter((row) => !row.deleted);
  if (candidates.length > 1) {
    throw new MoodsyncError("ambiguous_id", "More than one entry begins with that id.", {
      hint: "Type more characters of it; `moodsync list all --json` shows whole ids.",
    });
  }
  const found = candidates[0];
  if (found) return found;
  const [deleted] = rows;
  if (deleted) {
    throw new MoodsyncError("not_found", "That entry was deleted.", {
      hint: `\`moodsync restore ${shortId(db, deleted.id)}\` brings it back.`,
    });
  }
  if (isLast) {
    throw new MoodsyncError(
      "not_found",
      "No mood or assessment was logged on this device yet, so none is @last.",
      {
        hint: "`moodsync log mood 4` logs how you feel; `moodsync list all` shows entries of other devices, too.",
      },
    );
  }
  throw new MoodsyncError("not_found", "No entry has that id.", {
    hint: "`moodsync list all` shows the ids.",
  });
}

function startingWith(db: Database.Database, reference: string): StoredRow[] {
  const prefix = reference.toLowerCase();
  if (prefix.length < MIN_PREFIX) {
    throw new MoodsyncError("invalid_input", `An id has at least ${MIN_PREFIX} characters.`, {
      hint: "`moodsync list` shows the ids; `@last` is the newest entry.",
    });
  }
  return PREFIX.test(prefix) ? findByPrefix(db, prefix) : [];
}

/** What an entry holds, or held before it was deleted. Throws `not_found` for one that another device made and deleted
 *  before this one saw it. */
export function heldContent({ content }: Pick<StoredRow, "content">): Entity {
  if (content) return content;
  throw new MoodsyncError("not_found", "That entry was deleted before its content reached this device.", {
    hint: "The device on which it was made still has it.",
  });
}

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
  const row = looksLikeId ? findEntry(db, typed) : null;
  if (row?.entityType === entityType) return row;
  throw new MoodsyncError("not_found", message, { hint });
}
