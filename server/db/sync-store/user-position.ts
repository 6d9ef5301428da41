import { START_NONCE } from "../../../src/domain/protocol/cursor.ts";
import type { UserPosition } from "../../sync/store.ts";

/** What {@link POSITION_COLUMNS} select. */
export interface PositionRow {
  generation: number;
  key_id: string | null;
  generation_seq: string;
  sync_seq: string;
  purge_floor: string;
  head_nonce: string | null;
  server_time: string;
  nonces: { seq: number; nonce: string }[] | null;
}

/** The columns of a {@link PositionRow} as a select list over `users`. $1 is the user, $2 a JSON array of the seqs whose
 *  nonces are asked for. */
export const POSITION_COLUMNS = `
  users.generation,
  users.key_id,
  users.generation_seq,
  users.sync_seq,
  users.purge_floor,
  ${nonceOf("users.sync_seq")} as head_nonce,
  floor(date_part('epoch', clock_timestamp()) * 1000)::bigint as server_time,
  (
    select json_agg(json_build_object('seq', s.seq, 'nonce', ${nonceOf("s.seq")}))
    from (select value::bigint as seq from json_array_elements_text($2::text::json)) as s
  ) as nonces`;

export function readPosition(row: PositionRow): UserPosition {
  return {
    generation: {
      generation: row.generation,
      keyId: row.key_id,
      firstSeq: Number(row.generation_seq),
    },
    head: { seq: Number(row.sync_seq), nonce: row.head_nonce ?? START_NONCE },
    purgeHorizon: Number(row.purge_floor),
    serverTimeMs: Number(row.server_time),
    nonceBySeq: new Map(
      (row.nonces ?? []).flatMap(({ seq, nonce }) => (nonce === null ? [] : [[seq, nonce] as const])),
    ),
  };
}

/** The nonce of the upload that wrote a seq of user $1, or null; goes by the primary key. */
export function nonceOf(seq: string): string {
  return `(
    select u.nonce
    from (
      select nonce, last_seq
      from uploads
      where user_id = $1::uuid and first_seq <= ${seq}
      order by first_seq desc
      limit 1
    ) as u
    where u.last_seq >= ${seq}
  )`;
}
