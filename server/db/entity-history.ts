import type { EntityType } from "../../src/domain/entities/entity-type.ts";
import { formatUtc } from "../../src/domain/time/timestamp.ts";
import type { PastVersion } from "../sync/store.ts";
import { type EntityTable, milliseconds, TABLES, versionColumns } from "./entity-table.ts";
import type { Database } from "./pool.ts";
import { rowToVersion, type VersionRow } from "./version-row.ts";

/** One version of an entity. */
export interface EntityVersionRow {
  updated_at: number;
  content_hash: string;
  outcome: "current" | "replaced" | "lost";
  deleted: boolean;
  /** The entity in wire shape, but of the one that stands; null for a deletion. */
  data: object | null;
  /** The row of the one that stands. */
  standing: VersionRow | null;
  device_id: string;
  stored_at: number;
}

/** A place between versions of one entity: after the one with this time and content. */
export interface HistoryPosition {
  updatedAtMs: number;
  contentHash: string;
}

/** Adds the versions of the JSON array in `parameter` for the user of the row `head`. What is there stays, but a version
 *  that had lost can have stood since. */
export function insertHistory(parameter: string): string {
  return `
    insert into entity_history
      (user_id, entity_type, id, updated_at, content_hash, outcome, data, device_id, stored_at, bytes)
    select head.id, h.entity_type, h.id, h.updated_at, h.content_hash, h.outcome, h.data, h.device_id,
      coalesce(h.stored_at, now()), h.bytes
    from head, json_to_recordset(${parameter}::text::json) as h (
      entity_type text, id uuid, updated_at timestamptz, content_hash text, outcome text, data jsonb,
      device_id uuid, stored_at timestamptz, bytes integer
    )
    on conflict (user_id, entity_type, id, updated_at, content_hash) do update
    set outcome = excluded.outcome
    where entity_history.outcome = 'lost' and excluded.outcome = 'replaced'`;
}

/** A version as the JSON object that {@link insertHistory} reads. */
export function historyToRow({ version, outcome, deviceId, storedAtMs, bytes }: PastVersion): object {
  return {
    entity_type: version.entityType,
    id: version.id,
    updated_at: formatUtc(version.updatedAtMs),
    content_hash: version.contentHash,
    outcome,
    data: version.entity,
    device_id: deviceId,
    stored_at: storedAtMs === null ? null : formatUtc(storedAtMs),
    bytes,
  };
}

/** $1 the user, $2 the id, $3 and $4 the position or null, $5 the versions and one more, $6 the bytes. The newest come
 *  first; of a version that had lost and stands now, only that it stands. Goes by the primary keys. */
const listStatement = (table: EntityTable) => `
  with standing as (
    select ${versionColumns(table)}
    from ${table.table} as t
    where t.user_id = $1::uuid and t.id = $2::uuid
  ),
  versions as (
    select updated_at, content_hash, 'current' as outcome, bytes
    from standing
    where $3::timestamptz is null
      or (updated_at, content_hash collate "C") < (${milliseconds("$3::timestamptz")}, $4::text)
    union all
    select ${milliseconds("h.updated_at")}, h.content_hash, h.outcome, h.bytes
    from (
      select updated_at, content_hash, outcome, bytes
      from entity_history
      where user_id = $1::uuid and entity_type = '${table.entityType}' and id = $2::uuid
        and ($3::timestamptz is null or updated_at <= $3::timestamptz)
        and (
          $3::timestamptz is null
          or (updated_at, content_hash collate "C") < ($3::timestamptz, $4::text)
        )
      order by updated_at desc, content_hash collate "C" desc
      limit $5::integer
    ) as h
    where not exists (
      select
      from standing as s
      where s.updated_at = ${milliseconds("h.updated_at")} and s.content_hash = h.content_hash
    )
  ),
  measured as (
    select
      *,
      row_number() over newest as place,
      sum(bytes) over newest as total
    from versions
    window newest as (order by updated_at desc, content_hash collate "C" desc)
  ),
  page as materialized (
    select *
    from measured
    where place < $5::integer and (place = 1 or total <= $6::bigint)
  )
  select
    page.updated_at,
    page.content_hash,
    page.outcome,
    coalesce(s.deleted, h.data is null) as deleted,
    h.data,
    row_to_json(s) as standing,
    coalesce(s.device_id, h.device_id) as device_id,
    coalesce(s.stored_at, ${milliseconds("h.stored_at")}) as stored_at,
    (select count(*) from measured) > (select count(*) from page) as has_more
  from page
  left join standing as s on page.outcome = 'current'
  left join entity_history as h
    on page.outcome <> 'current' and h.user_id = $1::uuid and h.entity_type = '${table.entityType}' and h.id = $2::uuid
    and h.updated_at = to_timestamp(page.updated_at / 1000.0)::timestamptz(3)
    and h.content_hash = page.content_hash
  order by page.place`;

const LIST_BY_TYPE = new Map(TABLES.map((table) => [table.entityType, listStatement(table)]));

/** The versions of one entity after a position, the newest first, from one snapshot: at most as many, and as many bytes,
 *  but one at least. */
export async function listVersions(
  db: Database,
  asked: {
    userId: string;
    entityType: EntityType;
    id: string;
    after: HistoryPosition | null;
    limit: number;
    maxBytes: number;
  },
): Promise<{ versions: (EntityVersionRow & { entity: object | null })[]; hasMore: boolean }> {
  const { userId, entityType, id, after, limit, maxBytes } = asked;
  const time = after && formatUtc(after.updatedAtMs);
  const parameters = [userId, id, time, after?.contentHash ?? null, limit + 1, maxBytes];
  const rows = await db.run<EntityVersionRow & { has_more: boolean }>((sql) =>
    sql.unsafe(LIST_BY_TYPE.get(entityType)!, parameters),
  );
  const versions = rows.map((row) => ({
    ...row,
    updated_at: Number(row.updated_at),
    stored_at: Number(row.stored_at),
    entity: row.standing ? rowToVersion(row.standing).entity : row.data,
  }));
  return { versions, hasMore: rows.at(-1)?.has_more ?? false };
}
