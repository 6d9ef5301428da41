import type { UploadCommit } from "../../sync/store.ts";
import { isValidKey, RevokedKey } from "../api-keys.ts";
import { historyParts, historyToRow } from "../entity-history.ts";
import { type EntityTable, statementForTables, TABLES, upsertStatement } from "../entity-table.ts";
import { type Database, queryRow } from "../pool.ts";
import { versionToRow } from "../version-row.ts";
import type { TableStatistics } from "./table-statistics.ts";

/** Stores what an upload was decided to store, unless another upload of the user came first: then false, with nothing
 *  changed. Throws `RevokedKey` where the key is no longer valid, and a `DatabaseError`. */
export async function commitUpload(
  { db, statistics }: { db: Database; statistics: TableStatistics },
  userId: string,
  commit: UploadCommit,
): Promise<boolean> {
  const rowsByTable = TABLES.map((table) => ({ table, rows: rowsOf(table, commit) })).filter(
    ({ rows }) => rows.length > 0,
  );
  const hasHistory = commit.history.length > 0;
  const statementOf = hasHistory ? commitWithHistory : commitWithoutHistory;
  const statement = statementOf(rowsByTable.map(({ table }) => table));
  const row = await queryRow<{ is_stored: boolean; is_valid_key: boolean }>(db, statement, [
    userId,
    commit.readSeq,
    commit.newSeq,
    commit.nonce,
    commit.deviceId,
    commit.appliedCount,
    commit.conflictCount,
    commit.readBytes,
    commit.newBytes,
    commit.keyId,
    ...rowsByTable.map(({ rows }) => JSON.stringify(rows)),
    ...(hasHistory ? [JSON.stringify(commit.history.map(historyToRow))] : []),
  ]);
  if (!row!.is_valid_key) throw new RevokedKey();
  if (!row!.is_stored) return false;
  for (const { table, rows } of rowsByTable) statistics.noteStored(table.table, rows.length);
  return true;
}

const commitWithHistory = statementForTables((tables) =>
  commitStatement([...storedParts(tables), ...historyParts(`$${FIRST_JSON + tables.length}`)]),
);
const commitWithoutHistory = statementForTables((tables) => commitStatement(storedParts(tables)));

/** The number of the first parameter that holds rows. */
const FIRST_JSON = 11;

function storedParts(tables: readonly EntityTable[]): string[] {
  return tables.map((table, index) => {
    const upsert = upsertStatement(table, { versions: `$${FIRST_JSON + index}`, deviceId: "$5" });
    return `stored_${table.table} as (${upsert})`;
  });
}

/** Compares and swaps the head and the bytes; everything else is written only where that succeeded, as the row `head`
 *  shows. The parameters are in the order of {@link commitUpload}. */
function commitStatement(parts: readonly string[]): string {
  return `
  with key as (select ${isValidKey("$1", "$10")} as is_valid),
  head as (
    update users
    set sync_seq = $3::bigint, stored_bytes = $9::bigint
    where id = $1::uuid and sync_seq = $2::bigint and stored_bytes = $8::bigint and (select is_valid from key)
    returning id
  ),
  upload as (
    insert into uploads (user_id, first_seq, last_seq, nonce, device_id, applied, conflicts)
    select head.id, $2::bigint + 1, $3::bigint, $4::text, $5::uuid, $6::integer, $7::integer
    from head
    where $3::bigint > $2::bigint
  )${parts.map((part) => `,\n  ${part}`).join("")}
  select exists (select from head) as is_stored, (select is_valid from key) as is_valid_key`;
}

function rowsOf(table: EntityTable, { stored }: UploadCommit): object[] {
  return stored
    .filter(({ entityType }) => entityType === table.entityType)
    .map((version) => versionToRow(table, version));
}
