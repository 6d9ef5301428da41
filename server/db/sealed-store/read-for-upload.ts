import { formatUtc } from "../../../src/domain/time/timestamp.ts";
import { versionKey } from "../../sync/content.ts";
import type { AskedGeneration } from "../../sync/generation.ts";
import type { SealedVersion } from "../../sync/sealed-content.ts";
import type { AskedForUpload, PastVersion, UploadSnapshot } from "../../sync/store.ts";
import { isValidKey, RevokedKey } from "../api-keys.ts";
import { EACH_BY_INDEX, milliseconds } from "../entity-table.ts";
import { type Database, queryRow, uuidArray } from "../pool.ts";
import { POSITION_COLUMNS, type PositionRow, readPosition } from "../sync-store/user-position.ts";
import { accountOf, rowToSealed, SEALED_COLUMNS, type SealedRow } from "./sealed-row.ts";

/** What an upload of sealed versions is decided on, from one snapshot, as `readForUpload` of plain ones. */
export async function readSealedForUpload(
  db: Database,
  userId: string,
  asked: AskedForUpload<SealedVersion> & { generation: NonNullable<AskedGeneration> },
): Promise<UploadSnapshot<SealedVersion>> {
  const { generation, keyId, versions, seqs, maxBytes } = asked;
  const row = await queryRow<SnapshotRow>(db, READ_FOR_UPLOAD, [
    userId,
    JSON.stringify(seqs),
    JSON.stringify(versions.map(askedVersion)),
    maxBytes,
    generation.generation,
    generation.keyId,
    keyId,
    uuidArray(versions.map(({ id }) => id)),
  ]);
  if (row === undefined) throw new RevokedKey();
  return {
    ...readPosition(row),
    storedBytes: Number(row.stored_bytes),
    standingBytes: Number(row.standing_bytes),
    stored: (row.versions ?? []).map(rowToSealed),
    outcomeByVersion: new Map((row.history ?? []).map((past) => [pastKey(past), past.outcome])),
  };
}

interface PastRow {
  id: string;
  updated_at: number;
  content_hash: string;
  outcome: PastVersion["outcome"];
}

type SnapshotRow = PositionRow & {
  versions: SealedRow[] | null;
  history: PastRow[] | null;
  stored_bytes: string;
  standing_bytes: string;
};

/** $3 a JSON array of the versions uploaded, $4 the bytes, $5 and $6 the generation, $7 the key, $8 the ids of the
 *  versions. Goes by the primary key and the index of history, as the statement for plain versions does. */
const READ_FOR_UPLOAD = `
  with ${accountOf({ generation: "$5", keyId: "$6" })},
  asked as materialized (
    select *
    from json_to_recordset($3::text::json) as a (id uuid, updated_at timestamptz, content_hash text)
  ),
  standing as materialized (
    select e.*
    from sealed_entities as e
    where e.user_id = $1::uuid and e.generation = $5::integer and e.id = any($8::uuid[]) and exists (select from account)
  ),
  measured as materialized (select coalesce(sum(sealed_bytes(envelope)), 0) as bytes from standing)
  select
    ${POSITION_COLUMNS},
    users.stored_bytes,
    (select bytes from measured) as standing_bytes,
    (
      select json_agg(row_to_json(v))
      from (select ${SEALED_COLUMNS} from standing as e where (select bytes from measured) <= $4::bigint) as v
    ) as versions,
    (
      select json_agg(json_build_object(
        'id', h.id, 'updated_at', ${milliseconds("h.updated_at")},
        'content_hash', h.content_hash, 'outcome', h.outcome))
      from (
        select id, updated_at, content_hash from asked
        union
        select id, updated_at, content_hash from standing
      ) as a
      cross join lateral (
        select id, updated_at, content_hash, outcome
        from sealed_history
        where user_id = $1::uuid and generation = $5::integer and id = a.id and updated_at = a.updated_at
          and content_hash = a.content_hash and exists (select from account)
        ${EACH_BY_INDEX}
      ) as h
    ) as history
  from users
  where users.id = $1::uuid and ${isValidKey("$1", "$7")}`;

function askedVersion({ id, updatedAtMs, contentHash }: SealedVersion) {
  return { id, updated_at: formatUtc(updatedAtMs), content_hash: contentHash };
}

function pastKey({ id, updated_at, content_hash }: PastRow): string {
  return versionKey({ id, updatedAtMs: updated_at, contentHash: content_hash });
}
