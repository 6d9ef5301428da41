import { formatUtc } from "../../../src/domain/time/timestamp.ts";
import type { AskedGeneration } from "../../sync/generation.ts";
import type { SealedVersion } from "../../sync/sealed-content.ts";
import type { PastVersion, StoredVersion, UploadCommit } from "../../sync/store.ts";
import { isValidKey, RevokedKey } from "../api-keys.ts";
import { EACH_BY_INDEX } from "../entity-table.ts";
import { type Database, queryRow } from "../pool.ts";
import type { TableStatistics } from "../sync-store/table-statistics.ts";

/** Stores what an upload of sealed versions was decided to store, as `commitUpload` of plain ones: false, with nothing
 *  changed, also where the account is no longer of the generation. */
export async function commitSealedUpload(
  { db, statistics }: { db: Database; statistics: TableStatistics },
  userId: string,
  { generation, ...commit }: UploadCommit<SealedVersion> & { generation: NonNullable<AskedGeneration> },
): Promise<boolean> {
  const row = await queryRow<{ is_stored: boolean; is_valid_key: boolean }>(db, COMMIT_UPLOAD, [
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
    JSON.stringify(commit.stored.map(versionToRow)),
    generation.generation,
    generation.keyId,
  ]);
  if (!row!.is_valid_key) throw new RevokedKey();
  if (row!.is_stored) statistics.noteStored("sealed_entities", commit.stored.length);
  return row!.is_stored;
}

/** Whether history has the version `p` as `h`. */
const IS_THERE = `
      h.user_id = $1::uuid and h.generation = $13::integer and h.id = p.id and h.updated_at = p.updated_at
      and h.content_hash = p.content_hash`;

/** The parameters are in the order of {@link commitSealedUpload}. Each version is in history once, as with
 *  `historyParts`. All parts see the rows of before: a version that is
 *  replaced goes from its row into history without leaving the database. */
const COMMIT_UPLOAD = `
  with head as (
    update users
    set sync_seq = $3::bigint, stored_bytes = $10::bigint
    where id = $1::uuid and sync_seq = $2::bigint and stored_bytes = $9::bigint
      and generation = $13::integer and key_id = $14::text and ${isValidKey("$1", "$11")}
    returning id, generation
  ),
  upload as (
    insert into uploads (user_id, first_seq, last_seq, nonce, device_id, applied, conflicts)
    select head.id, $2::bigint + 1, $3::bigint, $4::text, $5::uuid, $6::integer, $7::integer
    from head
    where $3::bigint > $2::bigint
  ),
  past as materialized (
    select p.*, there.outcome as outcome_there
    from head
    cross join json_to_recordset($8::text::json) as p (
      id uuid, updated_at timestamptz, content_hash text, outcome text, deleted boolean, envelope text,
      device_id uuid, stored_at timestamptz
    )
    left join lateral (select h.outcome from sealed_history as h where ${IS_THERE} ${EACH_BY_INDEX}) as there on true
  ),
  late as materialized (select * from past where outcome = 'replaced' and outcome_there = 'lost'),
  replaced as (
    update sealed_history as h
    set outcome = 'replaced'
    from late as p
    where ${IS_THERE}
  ),
  history as (
    insert into sealed_history
      (user_id, generation, id, updated_at, content_hash, outcome, deleted, envelope, device_id, stored_at)
    select $1::uuid, $13::integer, p.id, p.updated_at, p.content_hash, p.outcome, p.deleted,
      coalesce(decode(p.envelope, 'base64'), e.envelope), p.device_id, coalesce(p.stored_at, now())
    from past as p
    left join sealed_entities as e
      on p.envelope is null and e.user_id = $1::uuid and e.generation = $13::integer and e.id = p.id
    where p.outcome_there is null
  ),
  stored as (
    insert into sealed_entities
      (user_id, generation, id, updated_at, deleted, envelope, content_hash, seq, device_id)
    select head.id, head.generation, r.id, r.updated_at, r.deleted, decode(r.envelope, 'base64'), r.content_hash,
      r.seq, $5::uuid
    from head, json_to_recordset($12::text::json) as r (
      id uuid, updated_at timestamptz, deleted boolean, envelope text, content_hash text, seq bigint
    )
    on conflict (user_id, generation, id) do update
    set updated_at = excluded.updated_at, deleted = excluded.deleted, envelope = excluded.envelope,
      content_hash = excluded.content_hash, seq = excluded.seq, device_id = excluded.device_id,
      stored_at = excluded.stored_at
  )
  select exists (select from head) as is_stored, ${isValidKey("$1", "$11")} as is_valid_key`;

function versionToRow(version: StoredVersion<SealedVersion>): object {
  const { id, updatedAtMs, deleted, envelope, contentHash, seq } = version;
  return { id, updated_at: formatUtc(updatedAtMs), deleted, envelope, content_hash: contentHash, seq };
}

/** Without an envelope where the version stands in the database. */
function historyToRow({ version, outcome, deviceId, storedAtMs }: PastVersion<SealedVersion>): object {
  return {
    id: version.id,
    updated_at: formatUtc(version.updatedAtMs),
    content_hash: version.contentHash,
    outcome,
    deleted: version.deleted,
    ...(storedAtMs === null ? { envelope: version.envelope } : { stored_at: formatUtc(storedAtMs) }),
    device_id: deviceId,
  };
}
