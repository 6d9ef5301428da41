import type Database from "better-sqlite3";
import { ENTITY_TABLE, ENTITY_TYPES, type EntityType } from "../../domain/entities/entity-type.ts";
import { MoodsyncError } from "../../domain/moodsync-error.ts";
import { statement } from "../storage/statements.ts";
import type { StoredRow } from "../versions/rows.ts";
import { readRow } from "../versions/rows.ts";
import { shortId } from "./short-id.ts";

/** Fewest characters of a shortened identifier. */
const MIN_PREFIX = 4;
const PREFIX = /^[0-9a-f][0-9a-f-]{3,35}$/;

/** The row that a typed reference means: an identifier, a unique prefix of 4 or more characters, or `@last`
 *  (the mood or assessment created last on this device, of those that were not deleted). Deleted ones only when asked for.
 *  Throws `not_found`, `ambiguous_id`, or `invalid_input` for what cannot be an identifier. */
export function findRow(
  db: Database.Database,
  reference: string,
  options: { deleted?: boolean } = {},
): StoredRow {
  const rows = reference === "@last" ? findLast(db) : findByPrefix(db, reference.toLowerCase());
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
  if (reference === "@last") {
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

function findByPrefix(db: Database.Database, prefix: string): StoredRow[] {
  if (prefix.length < MIN_PREFIX) {
    throw new MoodsyncError("invalid_input", `An id has at least ${MIN_PREFIX} characters.`, {
      hint: "`moodsync list` shows the ids; `@last` is the newest entry.",
    });
  }
  if (!PREFIX.test(prefix)) return [];
  return ENTITY_TYPES.flatMap((entityType) => {
    const sql = `select id from ${ENTITY_TABLE[entityType]} where id >= ? and id < ? limit 3`;
    const ids = statement(db, sql).pluck().all(prefix, `${prefix}g`) as string[];
    return ids.map((id) => readRow(db, entityType, id)!);
  });
}

function findLast(db: Database.Database): StoredRow[] {
  const created = statement(
    db,
    `select entity_type, id from command_changes
     where before_hash is null and entity_type in ('MoodEntry', 'AssessmentEntry')
     order by command_id desc`,
  ).iterate() as Iterable<{ entity_type: EntityType; id: string }>;
  let deleted: StoredRow | null = null;
  for (const { entity_type, id } of created) {
    const row = readRow(db, entity_type, id);
    if (row && !row.deleted) return [row];
    deleted ??= row;
  }
  return deleted ? [deleted] : [];
}
