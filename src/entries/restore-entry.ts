import type Database from "better-sqlite3";
import type { Entity } from "../domain/entities/entity.ts";
import { MoodsyncError } from "../domain/moodsync-error.ts";
import { shortId } from "../local/queries/short-id.ts";
import { listHistory } from "../local/versions/history.ts";
import type { StoredRow } from "../local/versions/rows.ts";

/** Fewest characters of a version's hash. */
const MIN_PREFIX = 4;

/** What an entity held before it was deleted. Throws `not_found` where that never reached this device. */
export function deletedContent(db: Database.Database, row: StoredRow): Entity {
  const held = row.content ?? listHistory(db, row.entityType, row.id).find((past) => past.content)?.content;
  if (!held) throw unknownHere();
  return held;
}

/** What an entity held in the version whose hash begins with `version`; the one that stands counts too.
 *  Throws `not_found`, `ambiguous_id`, or `invalid_input` for what cannot be a hash. */
export function versionContent(db: Database.Database, row: StoredRow, version: string): Entity {
  const prefix = version.toLowerCase();
  if (!/^[0-9a-f]{4,16}$/.test(prefix)) {
    throw new MoodsyncError(
      "invalid_input",
      `A version is named by ${MIN_PREFIX} or more characters of 0-9 and a-f.`,
      {
        hint: `\`moodsync history ${shortId(db, row.id)}\` shows the versions.`,
      },
    );
  }
  const versions = [row, ...listHistory(db, row.entityType, row.id)];
  const hashes = new Set(versions.map((one) => one.contentHash).filter((hash) => hash.startsWith(prefix)));
  if (hashes.size > 1) {
    throw new MoodsyncError("ambiguous_id", "More than one version begins with these characters.", {
      hint: `Type more of them; \`moodsync history ${shortId(db, row.id)} --json\` shows them whole.`,
    });
  }
  const [hash] = hashes;
  const found = versions.find((one) => one.contentHash === hash);
  if (!found) {
    throw new MoodsyncError("not_found", "The entry has no such version on this device.", {
      hint: `\`moodsync history ${shortId(db, row.id)}\` shows the versions.`,
    });
  }
  if (!found.content) throw unknownHere();
  return found.content;
}

/** For an entity that another device made and deleted before this one saw it. */
export function unknownHere(): MoodsyncError {
  return new MoodsyncError("not_found", "That entry was deleted before its content reached this device.", {
    hint: "The device on which it was made still has it.",
  });
}
