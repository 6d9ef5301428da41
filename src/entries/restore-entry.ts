import type Database from "better-sqlite3";
import type { Entity, EntityByType } from "../domain/entities/entity.ts";
import type { EntityType } from "../domain/entities/entity-type.ts";
import { MoodsyncError } from "../domain/moodsync-error.ts";
import { shortId } from "../local/queries/short-id.ts";
import { listHistory } from "../local/versions/history.ts";
import { readRow, type StoredRow } from "../local/versions/rows.ts";
import { writeAs } from "../local/versions/write.ts";
import type { Entries, EntryRef } from "./entries.ts";
import { heldContent } from "./find-entry.ts";

/** Fewest characters of a version's hash. */
const MIN_PREFIX = 4;

/** Brings a deleted entry back, or with `version` (the beginning of a version's hash) what it held then, as a new
 *  version. Throws `not_found` where that is not on this device, `ambiguous_id`, and `invalid_input` for an entry that is
 *  not deleted and for what cannot be a hash. */
export function restoreEntry<T extends EntityType>(
  { db, nowMs }: Entries,
  { entityType, id }: EntryRef<T>,
  version?: string,
): EntityByType[T] {
  return writeAs(db, { name: "restore", nowMs }, (writer) => {
    const row = readRow(db, entityType, id);
    if (!row) throw new MoodsyncError("not_found", "There is no such entry on this device.");
    if (!row.deleted && version === undefined) throw notDeleted(shortId(db, id));
    const content = version === undefined ? deletedContent(db, row) : versionContent(db, row, version);
    return writer.put(entityType, content as EntityByType[T]);
  });
}

function deletedContent(db: Database.Database, row: StoredRow): Entity {
  const history = listHistory(db, row.entityType, row.id);
  return heldContent([row, ...history].find(({ content }) => content) ?? row);
}

function versionContent(db: Database.Database, row: StoredRow, version: string): Entity {
  const prefix = version.toLowerCase();
  const shown = `\`moodsync history ${shortId(db, row.id)}`;
  if (!/^[0-9a-f]{4,16}$/.test(prefix)) {
    throw new MoodsyncError(
      "invalid_input",
      `A version is named by ${MIN_PREFIX} or more characters of 0-9 and a-f.`,
      { hint: `${shown}\` shows the versions.` },
    );
  }
  const versions = [row, ...listHistory(db, row.entityType, row.id)];
  const hashes = new Set(versions.map((one) => one.contentHash).filter((hash) => hash.startsWith(prefix)));
  if (hashes.size > 1) {
    throw new MoodsyncError("ambiguous_id", "More than one version begins with these characters.", {
      hint: `Type more of them; ${shown} --json\` shows them whole.`,
    });
  }
  const [hash] = hashes;
  const found = versions.find((one) => one.contentHash === hash);
  if (found) return heldContent(found);
  throw new MoodsyncError("not_found", "The entry has no such version on this device.", {
    hint: `${shown}\` shows the versions.`,
  });
}

function notDeleted(id: string): MoodsyncError {
  return new MoodsyncError("invalid_input", "That entry is not deleted.", {
    hint: `\`moodsync history ${id}\` shows its earlier versions; \`moodsync restore ${id} <VERSION>\` brings one back.`,
  });
}
