import type { Page } from "../../sync/store.ts";
import { RevokedKey } from "../api-keys.ts";
import { TABLES, versionColumns } from "../entity-table.ts";
import { type Database, queryRow } from "../pool.ts";
import { rowToVersion, type VersionRow } from "../version-row.ts";
import { nonceOf, POSITION_COLUMNS, type PositionRow, readPosition } from "./user-position.ts";

/** One page of a user's versions in seq order, from one snapshot: at most `limit`, and at most as many bytes, but one
 *  version at least where there is one. Throws a `DatabaseError`. */
export async function readPage(
  db: Database,
  userId: string,
  asked: { afterSeq: number; limit: number; maxBytes: number; seqs: readonly number[] },
): Promise<Page> {
  const { afterSeq, limit, maxBytes, seqs } = asked;
  const parameters = [userId, JSON.stringify(seqs), afterSeq, limit + 1, maxBytes];
  const row = await queryRow<PageRow>(db, READ_PAGE, parameters);
  if (row === undefined) throw new RevokedKey();
  return {
    ...readPosition(row),
    versions: (row.versions ?? []).map(rowToVersion),
    hasMore: row.has_more,
    lastNonce: row.last_nonce,
    deletionsAhead: Number(row.deletions_ahead),
  };
}

interface PageRow extends PositionRow {
  versions: VersionRow[] | null;
  has_more: boolean;
  last_nonce: string | null;
  deletions_ahead: string;
}

/** $3 the seq to read after, $4 the limit and one more, $5 the bytes. Goes by the indexes on (user_id, seq), twice: a page is
 *  all that lies between two seqs, and to join its rows by their ids would take an account of unknown size for empty. */
const READ_PAGE = `
  with candidates as (
    ${TABLES.map(
      (table) => `(
        select seq, bytes
        from ${table.table}
        where user_id = $1::uuid and seq > $3::bigint
        order by seq
        limit $4::integer
      )`,
    ).join("\n    union all\n    ")}
  ),
  measured as (
    select
      seq,
      row_number() over by_seq as place,
      sum(bytes) over by_seq as bytes
    from (select * from candidates order by seq limit $4::integer) as c
    window by_seq as (order by seq)
  ),
  page as materialized (
    select *
    from measured
    where place < $4::integer and (place = 1 or bytes <= $5::bigint)
  ),
  versions as (
    ${TABLES.map(
      (table) => `
        select ${versionColumns(table)}
        from ${table.table} as t
        where t.user_id = $1::uuid and t.seq > $3::bigint and t.seq <= (select max(seq) from page)`,
    ).join("\n    union all\n    ")}
  )
  select
    ${POSITION_COLUMNS},
    ${nonceOf("(select max(seq) from page)")} as last_nonce,
    (select count(*) from measured) > (select count(*) from page) as has_more,
    (select json_agg(row_to_json(versions) order by seq) from versions) as versions,
    ${TABLES.map(
      (table) => `(
        select count(*)
        from ${table.table}
        where user_id = $1::uuid and seq > $3::bigint and deleted_at is not null
      )`,
    ).join(" + ")} as deletions_ahead
  from users
  where users.id = $1::uuid`;
