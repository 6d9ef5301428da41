import { isValidKey, RevokedKey } from "./api-keys.ts";
import { DatabaseError, FOREIGN_KEY_VIOLATION } from "./database-error.ts";
import { TABLES } from "./entity-table.ts";
import { type Database, queryRow } from "./pool.ts";

/** Everything that belongs to an account, beside its row in `users`. */
const TABLES_OF_ACCOUNT = [
  ...TABLES.map(({ table }) => table),
  ...["entity_history", "sealed_entities", "sealed_history", "uploads", "devices", "api_keys"],
];

export type AccountDeletion = "deleted" | "not_allowed" | "contended";

/** Deletes an account with all that belongs to it, in one statement. Only a key that no other key stands above may: it
 *  would end those, too; null is whoever runs the server. `contended`, with nothing deleted, where something of the
 *  account was stored meanwhile. Throws {@link RevokedKey}. */
export async function deleteAccount(
  db: Database,
  { userId, apiKeyId }: { userId: string; apiKeyId: string | null },
): Promise<AccountDeletion> {
  const read = await queryRow<{ sync_seq: string }>(db, "select sync_seq from users where id = $1::uuid", [
    userId,
  ]);
  if (read === undefined) throw new RevokedKey();
  try {
    const row = await queryRow<{ is_deleted: boolean; is_valid: boolean; is_allowed: boolean }>(
      db,
      DELETE_ACCOUNT,
      [userId, apiKeyId, read.sync_seq],
    );
    if (!row!.is_valid) throw new RevokedKey();
    if (!row!.is_allowed) return "not_allowed";
    return row!.is_deleted ? "deleted" : "contended";
  } catch (error) {
    // A key or a device was added since the statement began, so it does not see it.
    if (error instanceof DatabaseError && error.sqlState === FOREIGN_KEY_VIOLATION) return "contended";
    throw error;
  }
}

/** The comparison with the seq that was read keeps what is stored beside this statement, and which it does not see, from
 *  outliving its account. */
const DELETE_ACCOUNT = `
  with caller as materialized (
    select
      ${isValidKey("$1", "$2")} as is_valid,
      $2::uuid is null
        or exists (select from api_keys where user_id = $1::uuid and id = $2::uuid and made_by is null) as is_allowed
  ),
  account as (
    delete from users
    where id = $1::uuid and sync_seq = $3::bigint and (select is_valid and is_allowed from caller)
    returning id
  ),
  ${TABLES_OF_ACCOUNT.map(
    (table) => `removed_${table} as (
    delete from ${table}
    where user_id = $1::uuid and exists (select from account)
  )`,
  ).join(",\n  ")}
  select exists (select from account) as is_deleted, is_valid, is_allowed
  from caller`;
