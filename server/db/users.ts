import type { Database } from "./pool.ts";

/** An account. */
export interface UserRow {
  user_id: string;
  created_at: string;
}

/** Adds an account; one that exists stays as it is. */
export async function insertUser(db: Database, userId: string): Promise<void> {
  await db.run((sql) => sql`insert into users (id) values (${userId}) on conflict (id) do nothing`);
}

/** All accounts, oldest first. */
export async function listUsers(db: Database): Promise<UserRow[]> {
  const rows = await db.run<{ id: string; created_at: Date }>(
    (sql) => sql`select id, created_at from users order by created_at, id`,
  );
  return rows.map((row) => ({ user_id: row.id, created_at: row.created_at.toISOString() }));
}

export async function userExists(db: Database, userId: string): Promise<boolean> {
  const rows = await db.run((sql) => sql`select id from users where id = ${userId}`);
  return rows.length > 0;
}

export async function hasUsers(db: Database): Promise<boolean> {
  const rows = await db.run((sql) => sql`select id from users limit 1`);
  return rows.length > 0;
}
