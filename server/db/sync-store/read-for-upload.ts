import type { EntityType } from "../../../src/domain/entities/entity-type.ts";
import { updatedAtOf, type Version } from "../../../src/domain/versions/version.ts";
import { versionKey } from "../../sync/content.ts";
import type { AskedForUpload, PastVersion, UploadSnapshot } from "../../sync/store.ts";
import { isValidKey, RevokedKey } from "../api-keys.ts";
import {
  EACH_BY_INDEX,
  hashNumber,
  hashText,
  milliseconds,
  statementForTables,
  TABLES,
  versionColumns,
} from "../entity-table.ts";
import { type Database, queryRow, uuidArray } from "../pool.ts";
import { rowToVersion, type VersionRow } from "../version-row.ts";
import { POSITION_COLUMNS, type PositionRow, readPosition } from "./user-position.ts";

/** What an upload is decided on, from one snapshot: the user's position, the versions that stand of the entities asked
 *  about, and which of these and of the versions asked about history holds. Throws `RevokedKey` where the key is not
 *  valid, and a `DatabaseError`. */
export async function readForUpload(
  db: Database,
  userId: string,
  { keyId, versions, seqs, maxBytes }: AskedForUpload,
): Promise<UploadSnapshot> {
  const asked = JSON.stringify(versions.map(askedVersion));
  const askedTypes = new Set(versions.map(({ entityType }) => entityType));
  const tables = TABLES.filter(({ entityType }) => askedTypes.has(entityType));
  // Without a change that can be read, any table does.
  const row = await queryRow<SnapshotRow>(
    db,
    readStatement(tables.length > 0 ? tables : TABLES.slice(0, 1)),
    [userId, JSON.stringify(seqs), asked, maxBytes, keyId, uuidArray(versions.map(({ id }) => id))],
  );
  if (row === undefined) throw new RevokedKey();
  return {
    ...readPosition(row),
    storedBytes: Number(row.stored_bytes),
    standingBytes: Number(row.standing_bytes),
    stored: TABLES.flatMap(({ entityType }) => (row[entityType] ?? []).map(rowToVersion)),
    outcomeByVersion: new Map((row.history ?? []).map((past) => [pastKey(past), past.outcome])),
  };
}

type SnapshotRow = PositionRow &
  Partial<Record<EntityType, VersionRow[] | null>> & {
    history: PastRow[] | null;
    stored_bytes: string;
    standing_bytes: string;
  };

/** $3 a JSON array of the versions uploaded, all of these tables, $4 the bytes, $5 the key, $6 the ids of the versions.
 *  Goes by the primary keys of the tables and the index of history. Rows are picked by an array, not joined with a list:
 *  PostgreSQL takes an account that its statistics do not know for empty, and would read it whole for each of the list. */
const readStatement = statementForTables(
  (tables) => `
  with asked as materialized (
    select entity_type, id, updated_at, ${hashNumber("content_hash")} as content_hash
    from json_to_recordset($3::text::json)
      as a (entity_type entity_type, id uuid, updated_at timestamptz, content_hash text)
  ),
  standing as materialized (
    ${tables
      .map(
        ({ table, entityType }) => `
        select '${entityType}'::entity_type as entity_type, id, updated_at, content_hash, bytes
        from ${table}
        where user_id = $1::uuid and id = any($6::uuid[])`,
      )
      .join("\n    union all\n    ")}
  ),
  measured as materialized (select coalesce(sum(bytes), 0) as bytes from standing)
  select
    ${POSITION_COLUMNS},
    users.stored_bytes,
    (select bytes from measured) as standing_bytes,
    ${tables
      .map(
        (table) => `(
        select json_agg(row_to_json(v))
        from (
          select ${versionColumns(table)}
          from ${table.table} as t
          where t.user_id = $1::uuid and t.id = any($6::uuid[]) and (select bytes from measured) <= $4::bigint
        ) as v
      ) as "${table.entityType}"`,
      )
      .join(",\n    ")},
    (
      select json_agg(json_build_object(
        'entity_type', h.entity_type, 'id', h.id, 'updated_at', ${milliseconds("h.updated_at")},
        'content_hash', ${hashText("h.content_hash")}, 'outcome', h.outcome))
      from (
        select entity_type, id, updated_at, content_hash from asked
        union
        select entity_type, id, updated_at, content_hash from standing
      ) as a
      cross join lateral (
        select entity_type, id, updated_at, content_hash, outcome
        from entity_history
        where user_id = $1::uuid and id = a.id and updated_at = a.updated_at
          and content_hash = a.content_hash and entity_type = a.entity_type
        ${EACH_BY_INDEX}
      ) as h
    ) as history
  from users
  where users.id = $1::uuid and ${isValidKey("$1", "$5")}`,
);

interface PastRow {
  entity_type: EntityType;
  id: string;
  updated_at: number;
  content_hash: string;
  outcome: PastVersion["outcome"];
}

function askedVersion(version: Version) {
  const { entityType, id, contentHash } = version;
  return { entity_type: entityType, id, updated_at: updatedAtOf(version), content_hash: contentHash };
}

function pastKey(row: PastRow): string {
  return versionKey({
    entityType: row.entity_type,
    id: row.id,
    updatedAtMs: row.updated_at,
    contentHash: row.content_hash,
  });
}
