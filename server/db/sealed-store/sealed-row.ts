import type { SealedVersion } from "../../sync/sealed-content.ts";
import type { StoredVersion } from "../../sync/store.ts";
import { milliseconds } from "../entity-table.ts";

/** A sealed version as PostgreSQL gives it: times in ms, the envelope in base64. */
export interface SealedRow {
  id: string;
  updated_at: number;
  deleted: boolean;
  content_hash: string;
  envelope: string;
  seq: number;
  device_id: string;
  stored_at: number;
  bytes: number;
}

/** An SQL expression for the base64 of bytes; PostgreSQL breaks it into lines. */
export function base64(bytes: string): string {
  return `replace(encode(${bytes}, 'base64'), chr(10), '')`;
}

/** The columns of a {@link SealedRow} as a select list over rows of `sealed_entities`, named `e`. */
export const SEALED_COLUMNS = `
  e.id,
  ${milliseconds("e.updated_at")} as updated_at,
  e.deleted,
  e.content_hash,
  ${base64("e.envelope")} as envelope,
  e.seq,
  e.device_id,
  ${milliseconds("e.stored_at")} as stored_at,
  sealed_bytes(e.envelope) as bytes`;

/** The row `account` of user $1, where the account is of the generation and the key that are asked for. Everything on
 *  sealed rows goes through it, so that nothing of another generation is changed or read. */
export function accountOf({ generation, keyId }: { generation: string; keyId: string }): string {
  return `account as materialized (
    select id, generation
    from users
    where id = $1::uuid and generation = ${generation}::integer and key_id = ${keyId}::text
  )`;
}

export function rowToSealed(row: SealedRow): StoredVersion<SealedVersion> {
  return {
    id: row.id,
    updatedAtMs: row.updated_at,
    deleted: row.deleted,
    envelope: row.envelope,
    contentHash: row.content_hash,
    seq: row.seq,
    deviceId: row.device_id,
    storedAtMs: row.stored_at,
    bytes: row.bytes,
  };
}
