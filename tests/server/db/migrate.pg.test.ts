import { randomUUID } from "node:crypto";
import { readdirSync, readFileSync } from "node:fs";
import { setTimeout as sleep } from "node:timers/promises";
import type postgres from "postgres";
import { describe, expect, test } from "vitest";
import { addKey } from "../../../server/accounts/accounts.ts";
import { isSchemaCurrent, migrate } from "../../../server/db/migrate.ts";
import { openDatabase } from "../../../server/db/pool.ts";
import { listUsers } from "../../../server/db/users.ts";
import { createTestDatabase } from "../../helpers/postgres/postgres.ts";
import { connect } from "../../helpers/postgres/postgres-databases.ts";
import { send, startTestServer } from "../../helpers/server/http-server.ts";
import { moodChange } from "../../helpers/sync/sync-server.ts";

const TABLES_WITHOUT_USER_FIRST = `
  select c.relname || '.' || i.relname as name
  from pg_index x
  join pg_class c on c.oid = x.indrelid
  join pg_class i on i.oid = x.indexrelid
  join pg_attribute a on a.attrelid = c.oid and a.attnum = x.indkey[0]
  where c.relnamespace = 'public'::regnamespace
    and c.relname not in ('users', 'schema_migrations', 'quotas') -- the last two hold nothing of a user
    and a.attname <> 'user_id'`;

describe("migrations", () => {
  test("may be applied by several servers at once", async () => {
    const url = await createTestDatabase();
    await Promise.all(Array.from({ length: 5 }, () => migrate({ url })));
    const db = openDatabase({ url, prepare: true });
    expect(await isSchemaCurrent(db)).toBe(true);
    await db.close();
  });

  test("put the user first in every index, so that tables can be distributed by user", async () => {
    const url = await createTestDatabase();
    await migrate({ url });
    const sql = connect(url);
    expect([...(await sql.unsafe(TABLES_WITHOUT_USER_FIRST))]).toEqual([]);
    await sql.end();
  });

  test("refuse a database of a newer moodsync", async () => {
    const url = await createTestDatabase();
    await migrate({ url });
    const sql = connect(url);
    await sql`insert into schema_migrations (version, name) values (999, 'future')`;
    await sql.end();
    await expect(migrate({ url })).rejects.toThrow("written by a newer version of moodsync");
  });

  test("say in one sentence that there is no such database, without the URL", async () => {
    const url = new URL(await createTestDatabase());
    url.pathname = "/nothing";
    url.password = "hidden";
    const error = await migrate({ url: url.href }).catch((e: Error) => e);
    expect(error).toMatchObject({
      code: "unreachable",
      message: "The database that the URL names does not exist.",
    });
    expect(JSON.stringify(error)).not.toContain("hidden");
  });
});

/** What a server of version 0.1 left in its database: of two accounts each 4,000 moods with notes, every tenth deleted,
 *  their past versions, and uploads. */
const VERSION_TABLE = `
  create table schema_migrations (
    version integer primary key,
    name text not null,
    applied_at timestamptz not null default now()
  )`;
const FILL = `
  insert into users (id, sync_seq) select gen_random_uuid(), 4000 from generate_series(1, 2);
  insert into mood_entries (user_id, id, value, activities, note, recorded_at, recorded_at_offset, created_at,
    updated_at, deleted_at, content_hash, seq, device_id)
  select users.id, gen_random_uuid(), case when gone then null else 3 end, case when gone then null else '{}'::uuid[] end,
    case when gone then null else repeat('n', n % 900) end, case when gone then null else at end,
    case when gone then null else 60 end, case when gone then null else at end, at, case when gone then at end,
    left(md5(n::text), 16), n, users.id
  from users, generate_series(1, 4000) as n, lateral (
    select n % 10 = 0 as gone, timestamptz '2026-01-01' + n * interval '1 minute' as at
  ) as entry;
  insert into entity_history (user_id, entity_type, id, updated_at, content_hash, outcome, data, device_id)
  select user_id, 'MoodEntry', id, updated_at - interval '1 hour', left(md5(seq::text || 'before'), 16), 'replaced',
    json_build_object('id', id, 'note', repeat('o', 500)), device_id
  from mood_entries
  where seq % 4 = 0;
  insert into uploads (user_id, first_seq, last_seq, nonce, device_id, applied, conflicts)
  select id, n * 100 + 1, n * 100 + 100, md5(n::text), id, 100, 0
  from users, generate_series(0, 39) as n;`;

test("a database that a first version has filled goes on, and what its accounts take is known", async () => {
  const url = await createTestDatabase();
  const sql = connect(url);
  await migrateUpTo(sql, 1);
  await sql.unsafe(FILL);
  const server = await startTestServer(url);

  const counts = () =>
    sql`select stored_bytes::integer as stored, account_bytes(id)::integer as counted from users`;
  for (const { stored, counted } of await counts()) expect(stored).toBe(counted);
  // Notes of 450 characters on average, and the past ones of 500.
  const least = 3_600 * (450 + 200) + 1_000 * (500 + 200);
  const users = await listUsers(server.db);
  expect(users).toHaveLength(2);
  for (const { bytes } of users) expect(bytes.used).toBeGreaterThan(least);
  for (const { bytes } of users) expect(bytes.used).toBeLessThan(2 * least);

  const { apiKey } = await addKey(server.db, { userId: users[0]!.user_id, label: null });
  const ask = (path: string, body: object) => send(server.url, "POST", path, { apiKey, body });
  const device_id = randomUUID();
  const seen = new Set<string>();
  for (let since = null, more = true; more; ) {
    const page = await ask("/v1/sync/download", { device_id, since });
    expect(page.status).toBe(200);
    for (const { id } of page.body.changes) seen.add(id);
    ({ server_cursor: since, has_more: more = false } = page.body);
  }
  expect(seen.size).toBe(4_000);
  const uploaded = await ask("/v1/sync/upload", { device_id, client_cursor: null, changes: [moodChange()] });
  expect(uploaded.body.applied_ids).toHaveLength(1);
  for (const { stored, counted } of await counts()) expect(stored).toBe(counted);
  await server.close();
  await sql.end();
});

const USER = "a0000000-0000-4000-8000-000000000001";
const DEVICE = "d0000000-0000-4000-8000-000000000001";
const ID = "e0000000-0000-4000-8000-000000000001";
const TIMES = {
  created_at: "2026-01-02T03:04:05.678Z",
  updated_at: "2026-01-02T03:04:05.679Z",
  deleted_at: null,
};
const MOOD = {
  id: ID,
  value: 4,
  activities: [],
  note: "\u00fc \u{1f642} \\",
  recorded_at: "2026-03-02T21:00:00.001-09:30",
};
/** Past versions as the schema before the fifth held them: type, hash, outcome, entity. */
const PAST: [string, string, string, object | null][] = [
  ["MoodEntry", "0123456789abcdef", "replaced", { ...MOOD, metadata: TIMES }],
  [
    "MoodEntry",
    "fedcba9876543210",
    "lost",
    { ...MOOD, metadata: { ...TIMES, app: [1, 2.5] }, weather: { "a key": null } },
  ],
  ["MoodEntry", "ffffffffffffffff", "replaced", null],
  ["MoodEntry", "0000000000000001", "replaced", { ...MOOD, note: null, metadata: TIMES }],
  [
    "Activity",
    "0123456789abcdef",
    "lost",
    { id: ID, label: "Swim", icon: null, metadata: TIMES, color_hex: null },
  ],
];

test("a history of before is read as it was, also where a first start was killed while it was rewritten", async () => {
  const url = await createTestDatabase();
  const sql = connect(url);
  await migrateUpTo(sql, 4);
  await sql`insert into users (id) values (${USER})`;
  for (const [type, hash, outcome, data] of PAST) {
    await sql`
      insert into entity_history
        (user_id, entity_type, id, updated_at, content_hash, outcome, data, device_id, stored_at, bytes)
      values (${USER}, ${type}, ${ID}, ${TIMES.updated_at}, ${hash}, ${outcome}, ${data === null ? null : sql.json(data as never)},
        ${DEVICE}, '2026-02-01T00:00:00.123Z', 345)`;
  }
  const before = await sql`select entity_type, content_hash, outcome, data from entity_history`;

  const held = connect(url);
  await held`begin`;
  await held`lock table sealed_history in access share mode`; // the last table of the migration
  const killed = migrate({ url }).then(
    () => "migrated",
    () => "killed",
  );
  const waiting = () => sql`
    select pg_terminate_backend(pid) from pg_stat_activity
    where application_name = 'moodsync migrate' and datname = current_database() and wait_event_type = 'Lock'`;
  while ((await waiting()).length === 0) await sleep(20);
  expect(await killed).toBe("killed");
  await held.end();
  expect([...(await sql`select entity_type, content_hash, outcome, data from entity_history`)]).toEqual([
    ...before,
  ]);

  const server = await startTestServer(url);
  const { apiKey } = await addKey(server.db, { userId: USER, label: null });
  const read = async (type: string) => {
    const { body } = await send(server.url, "GET", `/v1/history/${type}/${ID}`, { apiKey });
    return body.versions;
  };
  const versions = [...(await read("MoodEntry")), ...(await read("Activity"))];
  const expected = before
    .map((row) => ({
      entity_type: row.entity_type,
      id: ID,
      updated_at: TIMES.updated_at,
      deleted: row.data === null,
      data: row.data,
      content_hash: row.content_hash,
      device_id: DEVICE,
      stored_at: "2026-02-01T00:00:00.123Z",
      outcome: row.outcome,
    }))
    .sort(byTypeAndHash);
  // As text: also the order of fields is the one of before.
  expect(JSON.stringify(versions)).toBe(JSON.stringify(expected));
  const [{ counted } = {}] = await sql`select account_bytes(${USER})::integer as counted`;
  expect(counted).toBe(PAST.length * 345);
  await server.close();
  await sql.end();
});

/** As `/v1/history` lists versions of one time. */
function byTypeAndHash(a: { entity_type: string; content_hash: string }, b: typeof a): number {
  if (a.entity_type !== b.entity_type) return a.entity_type < b.entity_type ? 1 : -1;
  return a.content_hash < b.content_hash ? 1 : -1;
}

/** A database as a version with so many migrations left it. */
async function migrateUpTo(sql: postgres.Sql, count: number): Promise<void> {
  await sql.unsafe(VERSION_TABLE);
  for (const name of readdirSync("migrations/server").sort().slice(0, count)) {
    await sql.unsafe(readFileSync(`migrations/server/${name}`, "utf8"));
    await sql`insert into schema_migrations (version, name) values (${Number(name.slice(0, 4))}, ${name})`;
  }
}
