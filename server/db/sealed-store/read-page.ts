import type { AskedGeneration } from "../../sync/generation.ts";
import type { SealedVersion } from "../../sync/sealed-content.ts";
import type { Page } from "../../sync/store.ts";
import { RevokedKey } from "../api-keys.ts";
import { type Database, queryRow } from "../pool.ts";
import { nonceOf, POSITION_COLUMNS, type PositionRow, readPosition } from "../sync-store/user-position.ts";
import { accountOf, rowToSealed, SEALED_COLUMNS, type SealedRow } from "./sealed-row.ts";

/** One page of a user's sealed versions in seq order, as `readPage` of plain ones. */
export async function readSealedPage(
  db: Database,
  userId: string,
  asked: {
    generation: NonNullable<AskedGeneration>;
    afterSeq: number;
    limit: number;
    maxBytes: number;
    seqs: readonly number[];
  },
): Promise<Page<SealedVersion>> {
  const { generation, afterSeq, limit, maxBytes, seqs } = asked;
  const { generation: number, keyId } = generation;
  const parameters = [userId, JSON.stringify(seqs), afterSeq, limit + 1, maxBytes, number, keyId];
  const row = await queryRow<PageRow>(db, READ_PAGE, parameters);
  if (row === undefined) throw new RevokedKey();
  return {
    ...readPosition(row),
    versions: (row.versions ?? []).map(rowToSealed),
    hasMore: row.has_more,
    lastNonce: row.last_nonce,
    deletionsAhead: Number(row.deletions_ahead),
  };
}

interface PageRow extends PositionRow {
  versions: SealedRow[] | null;
  has_more: boolean;
  last_nonce: string | null;
  deletions_ahead: string;
}

/** $3 the seq to read after, $4 the limit and one more, $5 the bytes, $6 and $7 the generation. Goes by the indexes on
 *  (user_id, generation, seq), which a join with the account would not. */
const READ_PAGE = `
  with ${accountOf({ generation: "$6", keyId: "$7" })},
  candidates as (
    select e.*
    from sealed_entities as e
    where e.user_id = $1::uuid and e.generation = $6::integer and e.seq > $3::bigint
      and exists (select from account)
    order by e.seq
    limit $4::integer
  ),
  measured as (
    select
      candidates.*,
      row_number() over by_seq as place,
      sum(sealed_bytes(envelope)) over by_seq as total
    from candidates
    window by_seq as (order by seq)
  ),
  page as materialized (
    select *
    from measured
    where place < $4::integer and (place = 1 or total <= $5::bigint)
  )
  select
    ${POSITION_COLUMNS},
    ${nonceOf("(select max(seq) from page)")} as last_nonce,
    (select count(*) from candidates) > (select count(*) from page) as has_more,
    (select json_agg(row_to_json(v) order by seq) from (select ${SEALED_COLUMNS} from page as e) as v) as versions,
    (
      select count(*)
      from sealed_entities as e
      where e.user_id = $1::uuid and e.generation = $6::integer and e.seq > $3::bigint and e.deleted
        and exists (select from account)
    ) as deletions_ahead
  from users
  where users.id = $1::uuid`;
