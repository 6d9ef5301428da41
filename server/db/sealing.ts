import type { SealingInfo } from "../../src/domain/protocol/sealing-info.ts";
import { formatUtc } from "../../src/domain/time/timestamp.ts";
import type { FoundingCommit, FoundingSnapshot, FoundingStore } from "../sync/found-generation.ts";
import { isValidKey, RevokedKey } from "./api-keys.ts";
import { milliseconds, TABLES } from "./entity-table.ts";
import { type Database, queryRow } from "./pool.ts";
import { base64 } from "./sealed-store/sealed-row.ts";
import { POSITION_COLUMNS, type PositionRow, readPosition } from "./sync-store/user-position.ts";

interface SealingRow {
  generation: number;
  seal_format: number | null;
  key_id: string | null;
  key_check: string | null;
  founded_at: string | null;
  founded_by: string | null;
  may_seal: boolean;
  has_retired: boolean;
}

const SEALING_COLUMNS = `
  users.generation,
  users.seal_format,
  users.key_id,
  ${base64("users.key_check")} as key_check,
  ${milliseconds("users.founded_at")} as founded_at,
  users.founded_by,
  users.may_seal,
  users.retired_at is not null as has_retired`;

/** Which kind an account is. Throws a `DatabaseError`. */
export async function readSealing(db: Database, userId: string): Promise<SealingInfo> {
  const row = await queryRow<SealingRow>(db, READ_SEALING, [userId]);
  if (row === undefined) throw new RevokedKey();
  return toSealingInfo(row);
}

const READ_SEALING = `select ${SEALING_COLUMNS} from users where users.id = $1::uuid`;

/** Foundings in PostgreSQL. */
export function createFoundingStore(db: Database): FoundingStore {
  return {
    readForFounding: (userId, seqs) => readForFounding(db, userId, seqs),
    commitFounding: (userId, commit) => commitFounding(db, userId, commit),
  };
}

async function readForFounding(
  db: Database,
  userId: string,
  seqs: readonly number[],
): Promise<FoundingSnapshot> {
  type Row = PositionRow & SealingRow & { stored_bytes: string; retired_bytes: string };
  const row = await queryRow<Row>(db, READ_FOR_FOUNDING, [userId, JSON.stringify(seqs)]);
  if (row === undefined) throw new RevokedKey();
  return {
    ...readPosition(row),
    sealing: toSealingInfo(row),
    storedBytes: Number(row.stored_bytes),
    retiredBytes: Number(row.retired_bytes),
  };
}

const READ_FOR_FOUNDING = `
  select ${POSITION_COLUMNS}, ${SEALING_COLUMNS}, users.stored_bytes, users.retired_bytes
  from users
  where users.id = $1::uuid`;

async function commitFounding(db: Database, userId: string, commit: FoundingCommit): Promise<boolean> {
  const { request, apiKeyId, readSeq, readBytes, nonce } = commit;
  const row = await queryRow<{ is_founded: boolean; is_valid_key: boolean }>(db, COMMIT_FOUNDING, [
    userId,
    apiKeyId,
    readSeq,
    readBytes,
    request.from_generation,
    request.generation,
    request.format,
    request.key_id,
    request.key_check,
    request.founded_at,
    request.device_id,
    nonce,
  ]);
  if (!row!.is_valid_key) throw new RevokedKey();
  return row!.is_founded;
}

/** Takes one seq, with a nonce of its own, so that every upload that was decided before it fails its own comparison. What
 *  the versions of before take is retired with them, and so are the names of devices; uploads are never removed. A generation is new, so that no
 *  tombstone of it was purged. The parameters are in the order of {@link commitFounding}. */
const COMMIT_FOUNDING = `
  with head as (
    update users
    set
      generation = $6::integer,
      generation_seq = $3::bigint + 1,
      sync_seq = $3::bigint + 1,
      purge_floor = 0,
      seal_format = $7::smallint,
      key_id = $8::text,
      key_check = decode($9::text, 'base64'),
      founded_at = $10::text::timestamptz,
      founded_by = $11::uuid,
      retired_at = case
        when retired_bytes + stored_bytes > taken.bytes or taken.has_labels then coalesce(retired_at, now())
      end,
      retired_bytes = retired_bytes + stored_bytes - taken.bytes,
      stored_bytes = taken.bytes + 200
    from (
      select
        (select 200 * count(*) from uploads where user_id = $1::uuid) as bytes,
        exists (
          select
          from devices
          where user_id = $1::uuid and (label is not null or sealed_label is not null)
        ) as has_labels
    ) as taken
    where id = $1::uuid and sync_seq = $3::bigint and stored_bytes = $4::bigint and generation = $5::integer
      and (may_seal or $8::text is null) and ${isValidKey("$1", "$2")}
    returning id
  ),
  founding as (
    insert into uploads (user_id, first_seq, last_seq, nonce, device_id, applied, conflicts)
    select head.id, $3::bigint + 1, $3::bigint + 1, $12::text, $11::uuid, 0, 0
    from head
  )
  select exists (select from head) as is_founded, ${isValidKey("$1", "$2")} as is_valid_key`;

/** Removes everything of other generations than the account's, plain and sealed, and the names of devices that only those
 *  could read. False, with nothing changed, where the account is not of the generation that is named. Throws
 *  `RevokedKey`. */
export async function removeRetired(
  db: Database,
  { userId, generation, apiKeyId }: { userId: string; generation: number; apiKeyId: string },
): Promise<boolean> {
  const row = await queryRow<{ is_current: boolean; is_valid_key: boolean }>(db, REMOVE_RETIRED, [
    userId,
    apiKeyId,
    generation,
  ]);
  if (!row!.is_valid_key) throw new RevokedKey();
  return row!.is_current;
}

/** In a plain account the typed tables hold the generation that stands. */
const REMOVE_RETIRED = `
  with head as (
    update users
    set retired_at = null, retired_bytes = 0
    where id = $1::uuid and generation = $3::integer and retired_at is not null and ${isValidKey("$1", "$2")}
    returning id, key_id
  ),
  ${[...TABLES.map(({ table }) => table), "entity_history"]
    .map(
      (table) => `removed_${table} as (
    delete from ${table}
    where user_id = $1::uuid and exists (select from head where key_id is not null)
  )`,
    )
    .join(",\n  ")},
  ${["sealed_entities", "sealed_history"]
    .map(
      (table) => `removed_${table} as (
    delete from ${table}
    where user_id = $1::uuid and generation <> $3::integer and exists (select from head)
  )`,
    )
    .join(",\n  ")},
  renamed as (
    update devices
    set
      label = case when head.key_id is null then label end,
      -- The generation is in the header of an envelope, behind its format.
      sealed_label = case when substr(sealed_label, 2, 4) = int4send($3::integer) then sealed_label end
    from head
    where devices.user_id = $1::uuid
  )
  select generation = $3::integer as is_current, ${isValidKey("$1", "$2")} as is_valid_key
  from users
  where id = $1::uuid`;

function toSealingInfo(row: SealingRow): SealingInfo {
  return {
    generation: row.generation,
    format: row.seal_format,
    key_id: row.key_id,
    key_check: row.key_check,
    founded_at: row.founded_at === null ? null : formatUtc(Number(row.founded_at)),
    founded_by: row.founded_by,
    may_seal: row.may_seal,
    has_retired: row.has_retired,
  };
}
