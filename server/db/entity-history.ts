import type { EntityType } from "../../src/domain/entity-type.ts";
import { formatUtc } from "../../src/domain/timestamp.ts";
import type { HistoryVersion } from "../sync/store.ts";
import { milliseconds } from "./entity-table.ts";
import type { Database } from "./pool.ts";

/** One version of an entity that does not stand. */
export interface HistoryRow {
  updated_at: number;
  content_hash: string;
  outcome: "replaced" | "lost";
  /** The entity in wire shape; null for a deletion. */
  data: object | null;
  device_id: string;
  stored_at: number;
}

/** Adds the versions of the JSON array in `parameter` for the user of the row `head`. What is there stays, but a version
 *  that had lost can have stood since. */
export function insertHistory(parameter: string): string {
  return `
    insert into entity_history
      (user_id, entity_type, id, updated_at, content_hash, outcome, data, device_id, stored_at)
    select head.id, h.entity_type, h.id, h.updated_at, h.content_hash, h.outcome, h.data, h.device_id,
      coalesce(h.stored_at, now())
    from head, json_to_recordset(${parameter}::text::json) as h (
      entity_type text, id uuid, updated_at timestamptz, content_hash text, outcome text, data jsonb,
      device_id uuid, stored_at timestamptz
    )
    on conflict (user_id, entity_type, id, updated_at, content_hash) do update
    set outcome = excluded.outcome
    where entity_history.outcome = 'lost' and excluded.outcome = 'replaced'`;
}

/** A version as the JSON object that {@link insertHistory} reads. */
export function historyToRow({ version, outcome, deviceId, storedAtMs }: HistoryVersion): object {
  return {
    entity_type: version.entityType,
    id: version.id,
    updated_at: formatUtc(version.updatedAtMs),
    content_hash: version.contentHash,
    outcome,
    data: version.entity,
    device_id: deviceId,
    stored_at: storedAtMs === null ? null : formatUtc(storedAtMs),
  };
}

/** Everything that history holds of one entity, at most the 1,000 newest versions; goes by the primary key. */
export async function listHistory(
  db: Database,
  { userId, entityType, id }: { userId: string; entityType: EntityType; id: string },
): Promise<HistoryRow[]> {
  const rows = await db.run<HistoryRow>(
    (sql) => sql`
      select
        ${sql.unsafe(milliseconds("updated_at"))} as updated_at,
        content_hash,
        outcome,
        data,
        device_id,
        ${sql.unsafe(milliseconds("stored_at"))} as stored_at
      from entity_history
      where user_id = ${userId} and entity_type = ${entityType} and id = ${id}
      order by updated_at desc, stored_at desc
      limit 1000`,
  );
  return rows.map((row) => ({
    ...row,
    updated_at: Number(row.updated_at),
    stored_at: Number(row.stored_at),
  }));
}
