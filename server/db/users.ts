import type { Quotas } from "../accounts/quotas.ts";
import type { Database } from "./pool.ts";

/** An account, and what it takes of what it may. */
export interface UserRow {
  user_id: string;
  created_at: string;
  /** Data with its history. */
  bytes: Use;
  /** Keys that are not revoked. */
  keys: Use;
  devices: Use;
  /** Whether this server cannot read it. */
  sealed: boolean;
  /** Raised each time the account is sealed, sealed with another key, or unsealed. */
  generation: number;
  /** Whether its owner may seal it. */
  may_seal: boolean;
}

/** `quota` is that of the server that started last; null where none has yet. */
interface Use {
  used: number;
  quota: number | null;
}

/** Adds an account. One that exists stays as it is, but a plain one may be kept from being sealed. */
export async function insertUser(
  db: Database,
  userId: string,
  { maySeal = true }: { maySeal?: boolean } = {},
): Promise<void> {
  await db.run(
    (sql) => sql`
      insert into users (id, may_seal)
      values (${userId}, ${maySeal})
      on conflict (id) do update
      set may_seal = false
      where not excluded.may_seal and users.key_id is null`,
  );
}

/** All accounts, oldest first. */
export async function listUsers(db: Database): Promise<UserRow[]> {
  interface Row {
    id: string;
    created_at: Date;
    bytes: string;
    keys: number;
    devices: number;
    quota_bytes: string | null;
    quota_keys: number | null;
    quota_devices: number | null;
    sealed: boolean;
    generation: number;
    may_seal: boolean;
  }
  const rows = await db.run<Row>(
    (sql) => sql`
      select
        u.id,
        u.created_at,
        u.stored_bytes as bytes,
        (select count(*)::integer from api_keys where user_id = u.id and revoked_at is null) as keys,
        (select count(*)::integer from devices where user_id = u.id) as devices,
        q.bytes as quota_bytes,
        q.keys as quota_keys,
        q.devices as quota_devices,
        u.key_id is not null as sealed,
        u.generation,
        u.may_seal
      from users as u
      left join quotas as q on true
      order by u.created_at, u.id`,
  );
  return rows.map((row) => ({
    user_id: row.id,
    created_at: row.created_at.toISOString(),
    bytes: { used: Number(row.bytes), quota: row.quota_bytes === null ? null : Number(row.quota_bytes) },
    keys: { used: row.keys, quota: row.quota_keys },
    devices: { used: row.devices, quota: row.quota_devices },
    sealed: row.sealed,
    generation: row.generation,
    may_seal: row.may_seal,
  }));
}

/** Notes what accounts may take, for `admin user list`, which runs apart from the server. */
export async function storeQuotas(db: Database, { bytes, keys, devices }: Quotas): Promise<void> {
  await db.run(
    (sql) => sql`
      insert into quotas (bytes, keys, devices)
      values (${bytes}, ${keys}, ${devices})
      on conflict (is_only) do update
      set bytes = excluded.bytes, keys = excluded.keys, devices = excluded.devices`,
  );
}

export async function userExists(db: Database, userId: string): Promise<boolean> {
  const rows = await db.run((sql) => sql`select id from users where id = ${userId}`);
  return rows.length > 0;
}

/** Whether the account's server cannot read it. */
export async function isSealed(db: Database, userId: string): Promise<boolean> {
  const rows = await db.run((sql) => sql`select id from users where id = ${userId} and key_id is not null`);
  return rows.length > 0;
}

export async function hasUsers(db: Database): Promise<boolean> {
  const rows = await db.run((sql) => sql`select id from users limit 1`);
  return rows.length > 0;
}
