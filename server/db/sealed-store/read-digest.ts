import { START_NONCE } from "../../../src/domain/protocol/cursor.ts";
import type { SealedDigestResponse } from "../../../src/domain/protocol/sealed-change.ts";
import { headCursor } from "../../sync/cursors.ts";
import { type Database, queryRow } from "../pool.ts";
import { checksumOf } from "../sync-store/read-digest.ts";
import { nonceOf, type PositionRow } from "../sync-store/user-position.ts";

/** Count and checksum of all sealed versions that stand in the account's generation, and the head at which they hold; null
 *  for a plain account. Hashes the stored bytes anew, so that rot is noticed. Throws a `DatabaseError`. */
export async function readSealedDigest(db: Database, userId: string): Promise<SealedDigestResponse | null> {
  type Row = Pick<PositionRow, "generation" | "sync_seq" | "head_nonce"> & {
    key_id: string;
    count: number;
    sum: string;
    tombstones: number;
  };
  const row = await queryRow<Row>(db, READ_DIGEST, [userId]);
  if (row === undefined) return null;
  const { generation, key_id, count, tombstones } = row;
  const head = { seq: Number(row.sync_seq), nonce: row.head_nonce ?? START_NONCE };
  return {
    generation,
    key_id,
    server_cursor: headCursor(head),
    count,
    checksum: checksumOf(row.sum),
    tombstones,
  };
}

const READ_DIGEST = `
  select
    users.generation,
    users.key_id,
    users.sync_seq,
    ${nonceOf("users.sync_seq")} as head_nonce,
    digest.*
  from users
  cross join lateral (
    select
      (count(*) filter (where not deleted))::integer as count,
      coalesce(
        sum(('x' || encode(substr(sha256(envelope), 1, 8), 'hex'))::bit(64)::bigint) filter (where not deleted),
        0
      )::text as sum,
      (count(*) filter (where deleted))::integer as tombstones
    from sealed_entities
    where user_id = $1::uuid and generation = users.generation
  ) as digest
  where users.id = $1::uuid and users.key_id is not null`;
