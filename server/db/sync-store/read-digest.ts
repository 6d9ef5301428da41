import type { EntityType } from "../../../src/domain/entities/entity-type.ts";
import { START_NONCE } from "../../../src/domain/protocol/cursor.ts";
import type { SyncDigestResponse } from "../../../src/domain/protocol/digest.ts";
import { headCursor } from "../../sync/cursors.ts";
import { TABLES } from "../entity-table.ts";
import { type Database, queryRow } from "../pool.ts";
import { nonceOf, type PositionRow } from "./user-position.ts";

/** Counts and checksums of everything that stands, and the head at which they hold; null for a sealed account. Reads all
 *  rows of the user. Throws a `DatabaseError`. */
export async function readDigest(db: Database, userId: string): Promise<SyncDigestResponse | null> {
  interface TypeRow {
    count: number;
    sum: string;
    tombstones: number;
  }
  type Row = Pick<PositionRow, "sync_seq" | "head_nonce"> & Record<EntityType, TypeRow>;
  const row = await queryRow<Row>(db, READ_DIGEST, [userId]);
  if (row === undefined) return null;
  const digests = TABLES.map(({ entityType }) => {
    const { count, sum, tombstones } = row[entityType];
    return [entityType, { count, checksum: checksumOf(sum), tombstones }] as const;
  });
  const head = { seq: Number(row.sync_seq), nonce: row.head_nonce ?? START_NONCE };
  return { server_cursor: headCursor(head), entity_types: Object.fromEntries(digests) };
}

/** The checksum of `digestOf`. PostgreSQL adds the hashes up as signed numbers, which is the same modulo 2^64. */
export function checksumOf(sum: string): string {
  return BigInt.asUintN(64, BigInt(sum)).toString(16).padStart(16, "0");
}

const READ_DIGEST = `
  select
    users.sync_seq,
    ${nonceOf("users.sync_seq")} as head_nonce,
    ${TABLES.map(
      (table) => `(
        select json_build_object(
          'count', count(*) filter (where deleted_at is null),
          'sum', coalesce(sum(content_hash) filter (where deleted_at is null), 0)::text,
          'tombstones', count(*) filter (where deleted_at is not null))
        from ${table.table}
        where user_id = $1::uuid
      ) as "${table.entityType}"`,
    ).join(",\n    ")}
  from users
  where users.id = $1::uuid and users.key_id is null`;
