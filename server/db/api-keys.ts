import type { Database } from "./pool.ts";

/** A key as its owner may see it: never its secret nor the hash of it. */
export interface ApiKeyRow {
  id: string;
  label: string | null;
  created_at: string;
  revoked_at: string | null;
  /** To the hour. */
  last_used_at: string | null;
}

/** Adds a key; one that the user has already stays as it is. */
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

/** The user's key that is not revoked with this secret, or undefined; goes by `api_keys_by_secret`. */
export async function findApiKey(
  db: Database,
  { userId, secretHash }: { userId: string; secretHash: string },
): Promise<{ id: string; isUsedLately: boolean } | undefined> {
  const [row] = await db.run<{ id: string; is_used_lately: boolean }>(
    (sql) => sql`
      select id, coalesce(last_used_at > now() - interval '1 hour', false) as is_used_lately
      from api_keys
      where user_id = ${userId} and secret_hash = ${secretHash} and revoked_at is null`,
  );
  return row && { id: row.id, isUsedLately: row.is_used_lately };
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
  const rows = await db.run<Record<string, Date | null> & { id: string; label: string | null }>(
    (sql) => sql`
      select id, label, created_at, revoked_at, last_used_at
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
  }));
}

/** Revokes a key for good; false when the user has none with that id. Revoking twice keeps the first time. */
export async function revokeApiKey(
  db: Database,
  { userId, id }: { userId: string; id: string },
): Promise<boolean> {
  const rows = await db.run(
    (sql) => sql`
      update api_keys
      set revoked_at = coalesce(revoked_at, now())
      where user_id = ${userId} and id = ${id}
      returning id`,
  );
  return rows.length > 0;
}
