import type { Entity } from "../../src/domain/entities/entity.ts";
import type { EntityType } from "../../src/domain/entities/entity-type.ts";
import { formatUtc } from "../../src/domain/time/timestamp.ts";
import type { PastVersion } from "../sync/store.ts";
import {
  EACH_BY_INDEX,
  type EntityTable,
  hashNumber,
  hashText,
  milliseconds,
  TABLES,
  versionColumns,
} from "./entity-table.ts";
import type { Database } from "./pool.ts";
import { rowToVersion, type VersionRow } from "./version-row.ts";

/** One version of an entity. */
export interface EntityVersionRow {
  updated_at: number;
  content_hash: string;
  outcome: "current" | "replaced" | "lost";
  deleted: boolean;
  /** The entity, but of the one that stands; null for a deletion. */
  data: PastEntity | null;
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

/** The parts of a statement that add the versions of the JSON array in `parameter` for the user `$1` of the row `head`. What
 *  is there stays, but a version that had lost can have stood since. Each is there once, because `head` is empty where
 *  anything of the account was stored since the statement began. */
export function historyParts(parameter: string): string[] {
  const isThere = `
      h.user_id = $1::uuid and h.id = p.id and h.updated_at = p.updated_at
      and h.content_hash = ${hashNumber("p.content_hash")} and h.entity_type = p.entity_type`;
  return [
    `past as materialized (
      select p.*, there.outcome as outcome_there
      from head
      cross join json_to_recordset(${parameter}::text::json) as p (
        entity_type entity_type, id uuid, created_at timestamptz, updated_at timestamptz, content_hash text,
        outcome past_outcome, data json, device_id uuid, stored_at timestamptz, bytes integer
      )
      left join lateral (select h.outcome from entity_history as h where ${isThere} ${EACH_BY_INDEX}) as there on true
    )`,
    `late as materialized (select * from past where outcome = 'replaced' and outcome_there = 'lost')`,
    `replaced as (
      update entity_history as h
      set outcome = 'replaced'
      from late as p
      where ${isThere}
    )`,
    `history as (
      insert into entity_history
        (user_id, entity_type, id, created_at, updated_at, content_hash, outcome, data, device_id, stored_at, bytes)
      select $1::uuid, p.entity_type, p.id, p.created_at, p.updated_at, ${hashNumber("p.content_hash")}, p.outcome, p.data,
        p.device_id, coalesce(p.stored_at, now()), p.bytes
      from past as p
      where p.outcome_there is null
    )`,
  ];
}

/** A version as the JSON object that {@link historyParts} read. */
export function historyToRow({ version, outcome, deviceId, storedAtMs, bytes }: PastVersion): object {
  return {
    entity_type: version.entityType,
    id: version.id,
    updated_at: formatUtc(version.updatedAtMs),
    content_hash: version.contentHash,
    outcome,
    ...(version.entity && contentToRow(version.entity)),
    device_id: deviceId,
    stored_at: storedAtMs === null ? null : formatUtc(storedAtMs),
    bytes,
  };
}

/** Without what has columns of its own. */
function contentToRow({ id: _, metadata, ...data }: Entity): object {
  const { created_at, updated_at: _updated, deleted_at: _deleted, ...unknown } = metadata;
  return { created_at, data: Object.keys(unknown).length > 0 ? { ...data, metadata: unknown } : data };
}

/** An SQL expression for the whole entity of a row of history, named `h`, with its times in ms; null for a deletion. */
export const PAST_ENTITY = `
    case when h.data is not null then
      h.data::jsonb || jsonb_build_object(
        'id', h.id,
        'metadata', coalesce(h.data::jsonb -> 'metadata', '{}') || jsonb_build_object(
          'created_at', ${milliseconds("h.created_at")},
          'updated_at', ${milliseconds("h.updated_at")},
          'deleted_at', null))
    end`;

/** What {@link PAST_ENTITY} gives. */
interface PastEntity {
  metadata: { created_at: number; updated_at: number };
}

/** The entity in wire shape. */
export function pastEntity(entity: PastEntity): object {
  const { created_at, updated_at } = entity.metadata;
  const times = { created_at: formatUtc(created_at), updated_at: formatUtc(updated_at) };
  return { ...entity, metadata: { ...entity.metadata, ...times } };
}

/** $1 the user, $2 the id, $3 and $4 the position or null, $5 the versions and one more, $6 the bytes. The newest come
 *  first; of a version that had lost and stands now, only that it stands. Goes by the primary
 *  key and the index of history. */
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
    select ${milliseconds("h.updated_at")}, h.content_hash, h.outcome::text, h.bytes
    from (
      select updated_at, ${hashText("content_hash")} as content_hash, outcome, bytes
      from entity_history
      where user_id = $1::uuid and entity_type = '${table.entityType}' and id = $2::uuid
        and ($3::timestamptz is null or updated_at <= $3::timestamptz)
        and (
          $3::timestamptz is null
          or (updated_at, ${hashText("content_hash")} collate "C") < ($3::timestamptz, $4::text)
        )
      order by updated_at desc, ${hashText("content_hash")} collate "C" desc
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
    ${PAST_ENTITY} as data,
    row_to_json(s) as standing,
    coalesce(s.device_id, h.device_id) as device_id,
    coalesce(s.stored_at, ${milliseconds("h.stored_at")}) as stored_at,
    (select count(*) from measured) > (select count(*) from page) as has_more
  from page
  left join standing as s on page.outcome = 'current'
  left join entity_history as h
    on page.outcome <> 'current' and h.user_id = $1::uuid and h.entity_type = '${table.entityType}' and h.id = $2::uuid
    and h.updated_at = to_timestamp(page.updated_at / 1000.0)::timestamptz(3)
    and h.content_hash = ${hashNumber("page.content_hash")}
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
    entity: row.standing ? rowToVersion(row.standing).entity : row.data && pastEntity(row.data),
  }));
  return { versions, hasMore: rows.at(-1)?.has_more ?? false };
}
