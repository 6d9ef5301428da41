import type { SealedVersion } from "../../src/domain/protocol/sealed-change.ts";
import { formatUtc } from "../../src/domain/time/timestamp.ts";
import type { HistoryPosition } from "./entity-history.ts";
import { milliseconds } from "./entity-table.ts";
import { type Database, queryRow } from "./pool.ts";
import { base64 } from "./sealed-store/sealed-row.ts";

/** The versions of one entity of a sealed account in its generation, as `listVersions` of a plain one; null for a plain
 *  account. Throws a `DatabaseError`. */
export async function listSealedVersions(
  db: Database,
  asked: { userId: string; id: string; after: HistoryPosition | null; limit: number; maxBytes: number },
): Promise<{ generation: number; versions: SealedVersion[]; hasMore: boolean } | null> {
  interface Row {
    generation: number;
    versions:
      | (Omit<SealedVersion, "updated_at" | "stored_at"> & { updated_at: number; stored_at: number })[]
      | null;
    has_more: boolean;
  }
  const { userId, id, after, limit, maxBytes } = asked;
  const time = after && formatUtc(after.updatedAtMs);
  const parameters = [userId, id, time, after?.contentHash ?? null, limit + 1, maxBytes];
  const row = await queryRow<Row>(db, LIST_VERSIONS, parameters);
  if (row === undefined) return null;
  const versions = (row.versions ?? []).map((version) => ({
    ...version,
    updated_at: formatUtc(version.updated_at),
    stored_at: formatUtc(version.stored_at),
  }));
  return { generation: row.generation, versions, hasMore: row.has_more };
}

/** $1 the user, $2 the id, $3 and $4 the position or null, $5 the versions and one more, $6 the bytes. The newest come
 *  first; of a version that had lost and stands now, only that it stands. Goes by the primary
 *  key and the index of history. */
const LIST_VERSIONS = `
  with account as materialized (
    select generation from users where id = $1::uuid and key_id is not null
  ),
  standing as materialized (
    select e.updated_at, e.content_hash, e.deleted, e.envelope, e.device_id, e.stored_at
    from account
    join sealed_entities as e on e.user_id = $1::uuid and e.generation = account.generation and e.id = $2::uuid
  ),
  versions as (
    select *, 'current' as outcome
    from standing
    union all
    (
      select h.updated_at, h.content_hash, h.deleted, h.envelope, h.device_id, h.stored_at, h.outcome
      from account
      join sealed_history as h on h.user_id = $1::uuid and h.generation = account.generation and h.id = $2::uuid
      where ($3::timestamptz is null or h.updated_at <= $3::timestamptz)
        and not exists (
          select
          from standing as s
          where s.updated_at = h.updated_at and s.content_hash = h.content_hash
        )
        and (
          $3::timestamptz is null
          or (h.updated_at, h.content_hash collate "C") < ($3::timestamptz, $4::text)
        )
      order by h.updated_at desc, h.content_hash collate "C" desc
      limit $5::integer
    )
  ),
  measured as (
    select
      versions.*,
      row_number() over newest as place,
      sum(sealed_bytes(envelope)) over newest as total
    from versions
    where $3::timestamptz is null
      or (updated_at, content_hash collate "C") < ($3::timestamptz, $4::text)
    window newest as (order by updated_at desc, content_hash collate "C" desc)
  ),
  page as materialized (
    select *
    from measured
    where place < $5::integer and (place = 1 or total <= $6::bigint)
  )
  select
    account.generation,
    (select count(*) from measured) > (select count(*) from page) as has_more,
    (
      select json_agg(
        json_build_object(
          'id', $2::uuid,
          'updated_at', ${milliseconds("page.updated_at")},
          'deleted', page.deleted,
          'envelope', ${base64("page.envelope")},
          'content_hash', page.content_hash,
          'device_id', page.device_id,
          'stored_at', ${milliseconds("page.stored_at")},
          'outcome', page.outcome)
        order by page.place)
      from page
    ) as versions
  from account`;
