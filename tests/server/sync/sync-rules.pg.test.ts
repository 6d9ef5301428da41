import { randomUUID } from "node:crypto";
import { setTimeout as sleep } from "node:timers/promises";
import type postgres from "postgres";
import { afterAll, beforeAll, expect, test } from "vitest";
import { migrate } from "../../../server/db/migrate.ts";
import { type Database, openDatabase } from "../../../server/db/pool.ts";
import { createSyncStore } from "../../../server/db/sync-store/sync-store.ts";
import { insertUser } from "../../../server/db/users.ts";
import type { SyncStore } from "../../../server/sync/store.ts";
import { createTestDatabase } from "../../helpers/postgres/postgres.ts";
import { connect } from "../../helpers/postgres/postgres-databases.ts";
import { describeSyncRules } from "../../helpers/sync/sync-rules.ts";
import { moodChange, syncAccount } from "../../helpers/sync/sync-server.ts";

let db: Database;
let store: SyncStore;
let sql: postgres.Sql;
beforeAll(async () => {
  const url = await createTestDatabase();
  await migrate({ url });
  db = openDatabase({ url, prepare: true });
  store = createSyncStore(db);
  sql = connect(url);
});
afterAll(async () => {
  await db.close();
  await sql.end();
});

const TABLES = ["mood_entries", "assessments", "activities", "schedules"];

describeSyncRules("PostgreSQL", { readsContent: true }, () => ({
  storeOf: () => store,
  accountOn: syncAccount,
  toStored: (_, version) => version,
  newAccount: async () => {
    const userId = randomUUID();
    await insertUser(db, userId);
    return syncAccount(store, userId);
  },
  purge: async (userId, upToSeq) => {
    for (const table of TABLES) {
      await sql`
        delete from ${sql(table)}
        where user_id = ${userId} and deleted_at is not null and seq <= ${upToSeq}`;
    }
    await sql`update users set purge_floor = ${upToSeq} where id = ${userId}`;
  },
  restore: async (userId, uploads) => {
    await sql`
      delete from uploads
      where user_id = ${userId} and first_seq not in (
        select first_seq from uploads where user_id = ${userId} order by first_seq limit ${uploads}
      )`;
    await sql`
      update users
      set sync_seq = (select coalesce(max(last_seq), 0) from uploads where user_id = ${userId})
      where id = ${userId}`;
    for (const table of TABLES) {
      await sql`
        delete from ${sql(table)}
        where user_id = ${userId} and seq > (select sync_seq from users where id = ${userId})`;
    }
  },
  history: async (userId) => {
    const rows = await sql<{ outcome: string; note: string | null }[]>`
      select outcome, data ->> 'note' as note from entity_history where user_id = ${userId}`;
    return rows
      .map(({ outcome, note }): [string, string | null] => [outcome, note])
      .sort((a, b) => (JSON.stringify(a) < JSON.stringify(b) ? -1 : 1));
  },
}));

test("a losing version of which several devices upload at the same moment is in history once", async () => {
  const userId = randomUUID();
  await insertUser(db, userId);
  const account = syncAccount(store, userId);
  const standing = moodChange({ note: "standing" });
  await account.upload([standing]);
  const older = moodChange({ id: standing.id, note: "older", updatedAtMs: Date.now() - 3_600_000 });
  await sql`begin`;
  await sql`select from users where id = ${userId} for update`;
  const uploads = [1, 2, 3].map(() => account.upload([older], { deviceId: randomUUID() }));
  const waiting = () =>
    db.run(
      (other) => other`
        select pid from pg_stat_activity where datname = current_database() and wait_event_type = 'Lock'`,
    );
  while ((await waiting()).length < uploads.length) await sleep(20);
  await sql`commit`; // each of them has begun before any has stored anything
  await Promise.all(uploads);
  const past = await sql`select outcome from entity_history where user_id = ${userId}`;
  expect([...past]).toEqual([{ outcome: "lost" }]);
});
