import { randomUUID } from "node:crypto";
import { readFileSync } from "node:fs";
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
const FIRST = "0001_sync.sql";
const FILL = `
  create table schema_migrations (
    version integer primary key,
    name text not null,
    applied_at timestamptz not null default now()
  );
  insert into schema_migrations (version, name) values (1, '${FIRST}');
  insert into users (id, sync_seq) select gen_random_uuid(), 4000 from generate_series(1, 2);
  insert into mood_entries (user_id, id, value, activities, note, recorded_at, recorded_at_offset, created_at,
    updated_at, deleted_at, content_hash, seq, device_id)
  select users.id, gen_random_uuid(), case when gone then null else 3 end, case when gone then null else '{}'::uuid[] end,
    case when gone then null else repeat('n', n % 900) end, case when gone then null else at end,
    case when gone then null else 60 end, case when gone then null else at end, at, case when gone then at end,
    md5(n::text), n, users.id
  from users, generate_series(1, 4000) as n, lateral (
    select n % 10 = 0 as gone, timestamptz '2026-01-01' + n * interval '1 minute' as at
  ) as entry;
  insert into entity_history (user_id, entity_type, id, updated_at, content_hash, outcome, data, device_id)
  select user_id, 'MoodEntry', id, updated_at - interval '1 hour', md5(seq::text || 'before'), 'replaced',
    json_build_object('id', id, 'note', repeat('o', 500)), device_id
  from mood_entries
  where seq % 4 = 0;
  insert into uploads (user_id, first_seq, last_seq, nonce, device_id, applied, conflicts)
  select id, n * 100 + 1, n * 100 + 100, md5(n::text), id, 100, 0
  from users, generate_series(0, 39) as n;`;

test("a database that a first version has filled goes on, and what its accounts take is known", async () => {
  const url = await createTestDatabase();
  const sql = connect(url);
  await sql.unsafe(readFileSync(`migrations/server/${FIRST}`, "utf8"));
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
