import type { Database } from "./pool.ts";

/** A key as its owner may see it: never its secret nor the hash of it. */
export interface ApiKeyRow {
  id: string;
  label: string | null;
  created_at: string;
  revoked_at: string | null;
  /** To the hour. */
  last_used_at: string | null;
  /** The key with which it was made; null: the operator made it. */
  made_by: string | null;
}

/** A key was revoked between the beginning of its request and the statement that would have changed something. */
export class RevokedKey extends Error {}

/** An SQL expression for whether the key of a parameter, or null for nobody's, is valid: neither it nor any key above
 *  it is revoked. Revoking a key marks those below it too, but one that is made in the same moment would be missed. */
export function isValidKey(userId: string, keyId: string): string {
  return `(
    ${keyId}::uuid is null
    or (
      with recursive line as (
        select id, made_by, revoked_at
        from api_keys
        where user_id = ${userId}::uuid and id = ${keyId}::uuid
        union
        select k.id, k.made_by, k.revoked_at
        from api_keys as k
        join line on k.id = line.made_by
        where k.user_id = ${userId}::uuid
      )
      select coalesce(bool_and(revoked_at is null) and bool_or(made_by is null), false)
      from line
    )
  )`;
}

/** Adds a key of the operator's making; one that the user has already stays as it is. */
export async function insertApiKey(
  db: Database,
  key: { userId: string; id: string; secretHash: string; label: string | null },
): Promise<void> {
  await db.run(
    (sql) => sql`
      insert into api_keys (user_id, id, secret_hash, label)
      values (${key.userId}, ${key.id}, ${key.secretHash}, ${key.label})
      on conflict do nothing`,
  );
}

const MAKE_API_KEY = `
  with maker as (select ${isValidKey("$1", "$5")} as is_valid),
  room as (
    select count(*) < $6::integer as is_left
    from api_keys
    where user_id = $1::uuid and revoked_at is null
  ),
  forgotten as (
    delete from api_keys
    where user_id = $1::uuid and id in (
      select id
      from api_keys
      where user_id = $1::uuid and revoked_at is not null
      order by revoked_at desc, id
      offset $6::integer
    )
  ),
  made as (
    insert into api_keys (user_id, id, secret_hash, label, made_by)
    select $1::uuid, $2::uuid, $3::text, $4::text, $5::uuid
    from maker, room
    where is_valid and is_left
  )
  select is_valid, is_left
  from maker, room`;

/** Adds a key that another key makes; false when the user has `quota` valid ones already. Of revoked ones the newest as
 *  many are kept. Throws {@link RevokedKey}. */
export async function makeApiKey(
  db: Database,
  key: {
    userId: string;
    id: string;
    secretHash: string;
    label: string | null;
    madeBy: string;
    quota: number;
  },
): Promise<boolean> {
  const parameters = [key.userId, key.id, key.secretHash, key.label, key.madeBy, key.quota];
  const [row] = await db.run<{ is_valid: boolean; is_left: boolean }>((sql) =>
    sql.unsafe(MAKE_API_KEY, parameters),
  );
  if (!row!.is_valid) throw new RevokedKey();
  return row!.is_left;
}

/** The user's valid key with this secret, or undefined: neither it nor any key above it is revoked. Goes by
 *  `api_keys_by_secret`. */
export async function findApiKey(
  db: Database,
  { userId, secretHash }: { userId: string; secretHash: string },
): Promise<{ id: string; isUsedLately: boolean } | undefined> {
  const [row] = await db.run<{ id: string; is_used_lately: boolean }>(
    (sql) => sql`
      with recursive line as (
        select id, made_by, revoked_at, last_used_at, true as is_own
        from api_keys
        where user_id = ${userId} and secret_hash = ${secretHash}
        union
        select k.id, k.made_by, k.revoked_at, k.last_used_at, false
        from api_keys as k
        join line on k.id = line.made_by
        where k.user_id = ${userId}
      )
      select id, coalesce(last_used_at > now() - interval '1 hour', false) as is_used_lately
      from line
      where is_own
        and (select bool_and(revoked_at is null) and bool_or(made_by is null) from line)`,
  );
  return row && { id: row.id, isUsedLately: row.is_used_lately };
}

/** Whether a key that was valid still is. */
export async function isStillValid(db: Database, key: { userId: string; id: string }): Promise<boolean> {
  const [row] = await db.run<{ is_valid: boolean }>((sql) =>
    sql.unsafe(`select ${isValidKey("$1", "$2")} as is_valid`, [key.userId, key.id]),
  );
  return row!.is_valid;
}

/** The keys that were used since then and are not revoked, the one used last at the end; at most 100,000. */
export async function listWorkingKeys(
  db: Database,
  { sinceMs }: { sinceMs: number },
): Promise<{ userId: string; secretHash: string }[]> {
  const rows = await db.run<{ user_id: string; secret_hash: string }>(
    (sql) => sql`
      select user_id, secret_hash
      from api_keys
      where last_used_at > ${new Date(sinceMs)} and revoked_at is null
      order by last_used_at desc
      limit 100000`,
  );
  return rows.reverse().map((row) => ({ userId: row.user_id, secretHash: row.secret_hash }));
}

/** Notes that the key is in use. */
export async function touchApiKey(
  db: Database,
  { userId, id }: { userId: string; id: string },
): Promise<void> {
  await db.run(
    (sql) => sql`update api_keys set last_used_at = now() where user_id = ${userId} and id = ${id}`,
  );
}

/** All keys of the user, oldest first, revoked ones too. */
export async function listApiKeys(db: Database, userId: string): Promise<ApiKeyRow[]> {
  const rows = await db.run<Record<string, Date | null> & Pick<ApiKeyRow, "id" | "label" | "made_by">>(
    (sql) => sql`
      select id, label, created_at, revoked_at, last_used_at, made_by
      from api_keys
      where user_id = ${userId}
      order by created_at, id`,
  );
  return rows.map((row) => ({
    id: row.id,
    label: row.label,
    created_at: row.created_at!.toISOString(),
    revoked_at: row.revoked_at?.toISOString() ?? null,
    last_used_at: row.last_used_at?.toISOString() ?? null,
    made_by: row.made_by,
  }));
}

const REVOKE_API_KEY = `
  with recursive fallen as (
    select id
    from api_keys
    where user_id = $1::uuid and id = $2::uuid
    union
    select k.id
    from api_keys as k
    join fallen on k.made_by = fallen.id
    where k.user_id = $1::uuid
  ),
  line as (
    select id, made_by
    from api_keys
    where user_id = $1::uuid and id = $2::uuid
    union
    select k.id, k.made_by
    from api_keys as k
    join line on k.id = line.made_by
    where k.user_id = $1::uuid
  ),
  revoker as (
    select
      ${isValidKey("$1", "$3")} as is_valid,
      $3::uuid is null or exists (select from line where id = $3::uuid) as is_allowed
  ),
  revoked as (
    update api_keys
    set revoked_at = now()
    where user_id = $1::uuid and id in (select id from fallen) and revoked_at is null
      and (select is_valid and is_allowed from revoker)
    returning id, label
  )
  select
    exists (select from fallen) as is_there,
    is_valid,
    is_allowed,
    (select coalesce(json_agg(revoked), '[]') from revoked) as revoked
  from revoker`;

/** Revokes a key and all that were made with it, for good. `by` is the key that asks for it, and may end itself and what
 *  it made; null: the operator. Gives those that were valid until now. Throws {@link RevokedKey}. */
export async function revokeApiKey(
  db: Database,
  { userId, id, by }: { userId: string; id: string; by: string | null },
): Promise<
  { status: "revoked"; keys: Pick<ApiKeyRow, "id" | "label">[] } | { status: "not_found" | "not_allowed" }
> {
  interface Row {
    is_there: boolean;
    is_valid: boolean;
    is_allowed: boolean;
    revoked: Pick<ApiKeyRow, "id" | "label">[];
  }
  const [row] = await db.run<Row>((sql) => sql.unsafe(REVOKE_API_KEY, [userId, id, by]));
  if (!row!.is_valid) throw new RevokedKey();
  if (!row!.is_there) return { status: "not_found" };
  return row!.is_allowed ? { status: "revoked", keys: row!.revoked } : { status: "not_allowed" };
}
