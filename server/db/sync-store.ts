import type { EntityType } from "../../src/domain/entities/entity-type.ts";
import { START_NONCE } from "../../src/domain/protocol/cursor.ts";
import type { SyncDigestResponse } from "../../src/domain/protocol/digest.ts";
import { updatedAtOf, type Version } from "../../src/domain/versions/version.ts";
import { headCursor } from "../sync/cursors.ts";
import {
  type HistoryVersion,
  type Page,
  type SyncStore,
  type UploadCommit,
  type UploadSnapshot,
  type UserPosition,
  versionKey,
} from "../sync/store.ts";
import { isValidKey, RevokedKey } from "./api-keys.ts";
import { DatabaseError } from "./database-error.ts";
import { historyToRow, insertHistory } from "./entity-history.ts";
import { type EntityTable, milliseconds, TABLES, upsertStatement, versionColumns } from "./entity-table.ts";
import type { Database } from "./pool.ts";
import { createTableStatistics } from "./statistics.ts";
import { insertUpload, nonceOf } from "./uploads.ts";
import { rowToVersion, type VersionRow, versionToRow } from "./version-row.ts";

interface PositionRow {
  sync_seq: string;
  purge_floor: string;
  head_nonce: string | null;
  server_time: string;
  nonces: { seq: number; nonce: string }[] | null;
}

/** $1 the user, $2 a JSON array of the seqs whose nonces are asked for. */
const POSITION_COLUMNS = `
  users.sync_seq,
  users.purge_floor,
  ${nonceOf("users.sync_seq")} as head_nonce,
  floor(date_part('epoch', clock_timestamp()) * 1000)::bigint as server_time,
  (
    select json_agg(json_build_object('seq', s.seq, 'nonce', ${nonceOf("s.seq")}))
    from (select value::bigint as seq from json_array_elements_text($2::text::json)) as s
  ) as nonces`;

/** $3 a JSON array of the versions uploaded, $4 the bytes. Goes by the primary keys of the tables. */
const READ_FOR_UPLOAD = `
  with asked as materialized (
    select *
    from json_to_recordset($3::text::json)
      as a (entity_type text, id uuid, updated_at timestamptz, content_hash text)
  ),
  asked_ids as materialized (select distinct entity_type, id from asked),
  standing as materialized (
    ${TABLES.map(
      ({ table, entityType }) => `
        select a.entity_type, a.id, t.updated_at, t.content_hash, t.bytes
        from asked_ids as a
        join ${table} as t on t.user_id = $1::uuid and t.id = a.id
        where a.entity_type = '${entityType}'`,
    ).join("\n    union all\n    ")}
  ),
  measured as materialized (select coalesce(sum(bytes), 0) as bytes from standing)
  select
    ${POSITION_COLUMNS},
    users.stored_bytes,
    (select bytes from measured) as standing_bytes,
    ${TABLES.map(
      (table) => `(
        select json_agg(row_to_json(v))
        from (
          select ${versionColumns(table)}
          from asked_ids as a
          join ${table.table} as t on t.user_id = $1::uuid and t.id = a.id
          where a.entity_type = '${table.entityType}' and (select bytes from measured) <= $4::bigint
        ) as v
      ) as "${table.entityType}"`,
    ).join(",\n    ")},
    (
      select json_agg(json_build_object(
        'entity_type', h.entity_type, 'id', h.id, 'updated_at', ${milliseconds("h.updated_at")},
        'content_hash', h.content_hash, 'outcome', h.outcome))
      from (
        select entity_type, id, updated_at, content_hash from asked
        union
        select entity_type, id, updated_at, content_hash from standing
      ) as a
      join entity_history as h
        on h.user_id = $1::uuid and h.entity_type = a.entity_type and h.id = a.id
        and h.updated_at = a.updated_at and h.content_hash = a.content_hash
    ) as history
  from users
  where users.id = $1::uuid`;

const COMMIT_UPLOAD = `
  with head as (
    update users
    set sync_seq = $3::bigint, stored_bytes = $10::bigint
    where id = $1::uuid and sync_seq = $2::bigint and stored_bytes = $9::bigint and ${isValidKey("$1", "$11")}
    returning id
  ),
  upload as (${insertUpload({
    readSeq: "$2",
    newSeq: "$3",
    nonce: "$4",
    deviceId: "$5",
    applied: "$6",
    conflicts: "$7",
  })}),
  history as (${insertHistory("$8")}),
  ${TABLES.map((table, index) => `stored_${table.table} as (${upsertStatement(table, { versions: `$${12 + index}`, deviceId: "$5" })})`).join(",\n  ")}
  select exists (select from head) as is_stored, ${isValidKey("$1", "$11")} as is_valid_key`;

/** $3 the seq to read after, $4 the limit and one more, $5 the bytes. Goes by the indexes on (user_id, seq). */
const READ_PAGE = `
  with candidates as (
    ${TABLES.map(
      (table) => `(
        select '${table.entityType}' as entity_type, id, seq, bytes
        from ${table.table}
        where user_id = $1::uuid and seq > $3::bigint
        order by seq
        limit $4::integer
      )`,
    ).join("\n    union all\n    ")}
  ),
  measured as (
    select
      entity_type,
      id,
      seq,
      row_number() over by_seq as place,
      sum(bytes) over by_seq as bytes
    from (select * from candidates order by seq limit $4::integer) as c
    window by_seq as (order by seq)
  ),
  page as materialized (
    select *
    from measured
    where place < $4::integer and (place = 1 or bytes <= $5::bigint)
  ),
  versions as (
    ${TABLES.map(
      (table) => `
        select ${versionColumns(table)}
        from page
        join ${table.table} as t on t.user_id = $1::uuid and t.id = page.id
        where page.entity_type = '${table.entityType}'`,
    ).join("\n    union all\n    ")}
  )
  select
    ${POSITION_COLUMNS},
    ${nonceOf("(select max(seq) from page)")} as last_nonce,
    (select count(*) from measured) > (select count(*) from page) as has_more,
    (select json_agg(row_to_json(versions) order by seq) from versions) as versions,
    ${TABLES.map(
      (table) => `(
        select count(*)
        from ${table.table}
        where user_id = $1::uuid and seq > $3::bigint and deleted_at is not null
      )`,
    ).join(" + ")} as deletions_ahead
  from users
  where users.id = $1::uuid`;

/** The user's versions in PostgreSQL. */
export function createSyncStore(db: Database): SyncStore {
  const statistics = createTableStatistics(db);
  const one = async <Row extends object>(
    statement: string,
    parameters: (string | number | null)[],
  ): Promise<Row | undefined> => {
    const [row] = await db.run<Row>((sql) => sql.unsafe<Row[]>(statement, parameters, { prepare: true }));
    return row;
  };

  return {
    readForUpload: async (userId, { versions, seqs, maxBytes }) => {
      const asked = versions.map(askedVersion);
      const row = await one<
        PositionRow &
          Record<EntityType, VersionRow[] | null> & {
            history: AskedRow[] | null;
            stored_bytes: string;
            standing_bytes: string;
          }
      >(READ_FOR_UPLOAD, [userId, JSON.stringify(seqs), JSON.stringify(asked), maxBytes]);
      if (row === undefined) throw new Error("the account of a valid key does not exist");
      return {
        ...readPosition(row),
        storedBytes: Number(row.stored_bytes),
        standingBytes: Number(row.standing_bytes),
        stored: TABLES.flatMap(({ entityType }) => (row[entityType] ?? []).map(rowToVersion)),
        outcomeByVersion: new Map((row.history ?? []).map((h) => [askedKey(h), h.outcome])),
      } satisfies UploadSnapshot;
    },

    commitUpload: async (userId, commit) => {
      const rowsByTable = TABLES.map((table) => ({ table, rows: rowsOf(table, commit) }));
      const row = await one<{ is_stored: boolean; is_valid_key: boolean }>(COMMIT_UPLOAD, [
        userId,
        commit.readSeq,
        commit.newSeq,
        commit.nonce,
        commit.deviceId,
        commit.appliedCount,
        commit.conflictCount,
        JSON.stringify(commit.history.map(historyToRow)),
        commit.readBytes,
        commit.newBytes,
        commit.keyId,
        ...rowsByTable.map(({ rows }) => JSON.stringify(rows)),
      ]).catch(undefinedIfAnotherCameFirst);
      if (row === undefined) return false;
      if (!row.is_valid_key) throw new RevokedKey();
      if (!row.is_stored) return false;
      for (const { table, rows } of rowsByTable) statistics.noteStored(table.table, rows.length);
      return true;
    },

    readPage: async (userId, { afterSeq, limit, maxBytes, seqs }) => {
      const row = await one<PositionRow & PageRow>(READ_PAGE, [
        userId,
        JSON.stringify(seqs),
        afterSeq,
        limit + 1,
        maxBytes,
      ]);
      if (row === undefined) throw new Error("the account of a valid key does not exist");
      return {
        ...readPosition(row),
        versions: (row.versions ?? []).map(rowToVersion),
        hasMore: row.has_more,
        lastNonce: row.last_nonce,
        deletionsAhead: Number(row.deletions_ahead),
      } satisfies Page;
    },
  };
}

const READ_DIGEST = `
  select
    users.sync_seq,
    ${nonceOf("users.sync_seq")} as head_nonce,
    ${TABLES.map(
      (table) => `(
        select json_build_object(
          'count', count(*) filter (where deleted_at is null),
          'sum', coalesce(sum(('x' || content_hash)::bit(64)::bigint) filter (where deleted_at is null), 0)::text,
          'tombstones', count(*) filter (where deleted_at is not null))
        from ${table.table}
        where user_id = $1::uuid
      ) as "${table.entityType}"`,
    ).join(",\n    ")}
  from users
  where users.id = $1::uuid`;

/** Counts and checksums of everything that stands, and the head at which they hold. Reads all rows of the user. */
export async function readDigest(db: Database, userId: string): Promise<SyncDigestResponse> {
  interface TypeRow {
    count: number;
    sum: string;
    tombstones: number;
  }
  const [row] = await db.run<Pick<PositionRow, "sync_seq" | "head_nonce"> & Record<EntityType, TypeRow>>(
    (sql) => sql.unsafe(READ_DIGEST, [userId], { prepare: true }),
  );
  const digests = TABLES.map(({ entityType }) => {
    const { count, sum, tombstones } = row![entityType];
    // PostgreSQL adds the hashes up as signed numbers, which is the same modulo 2^64.
    const checksum = BigInt.asUintN(64, BigInt(sum)).toString(16).padStart(16, "0");
    return [entityType, { count, checksum, tombstones }] as const;
  });
  const head = { seq: Number(row!.sync_seq), nonce: row!.head_nonce ?? START_NONCE };
  return { server_cursor: headCursor(head), entity_types: Object.fromEntries(digests) };
}

/** Where a database's default isolation is stricter than "read committed", PostgreSQL says so by an error. */
function undefinedIfAnotherCameFirst(error: unknown): undefined {
  if (error instanceof DatabaseError && error.sqlState === "40001") return;
  throw error;
}

interface PageRow {
  versions: VersionRow[] | null;
  has_more: boolean;
  last_nonce: string | null;
  deletions_ahead: string;
}

interface AskedRow {
  entity_type: EntityType;
  id: string;
  updated_at: number;
  content_hash: string;
  outcome: HistoryVersion["outcome"];
}

function askedVersion(version: Version) {
  const { entityType, id, contentHash } = version;
  return { entity_type: entityType, id, updated_at: updatedAtOf(version), content_hash: contentHash };
}

function askedKey(row: AskedRow): string {
  return versionKey({
    entityType: row.entity_type,
    id: row.id,
    updatedAtMs: row.updated_at,
    contentHash: row.content_hash,
  });
}

function rowsOf(table: EntityTable, { stored }: UploadCommit): object[] {
  return stored
    .filter(({ entityType }) => entityType === table.entityType)
    .map((version) => versionToRow(table, version));
}

function readPosition(row: PositionRow): UserPosition {
  return {
    head: { seq: Number(row.sync_seq), nonce: row.head_nonce ?? START_NONCE },
    purgeFloor: Number(row.purge_floor),
    serverTimeMs: Number(row.server_time),
    nonceBySeq: new Map(
      (row.nonces ?? []).flatMap(({ seq, nonce }) => (nonce === null ? [] : [[seq, nonce] as const])),
    ),
  };
}
