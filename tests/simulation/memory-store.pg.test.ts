import { randomUUID } from "node:crypto";
import { isDeepStrictEqual } from "node:util";
import type postgres from "postgres";
import { afterAll, beforeAll, expect, test } from "vitest";
import { PAST_ENTITY, pastEntity } from "../../server/db/entity-history.ts";
import { hashText } from "../../server/db/entity-table.ts";
import { migrate } from "../../server/db/migrate.ts";
import { type Database, openDatabase } from "../../server/db/pool.ts";
import { createSyncStore } from "../../server/db/sync-store/sync-store.ts";
import { insertUser } from "../../server/db/users.ts";
import type { SyncStore } from "../../server/sync/store.ts";
import { createTestDatabase } from "../helpers/postgres/postgres.ts";
import { connect } from "../helpers/postgres/postgres-databases.ts";
import { loadSimulation } from "./load-simulation.ts";
import type { Backup, MemoryStore } from "./memory-store.ts";

const SCHEDULES = 80;
const USERS = ["a0000000-0000-4000-8000-000000000000", "a0000000-0000-4000-8000-000000000001"];
const ENTITY_TABLES = ["mood_entries", "assessments", "activities", "schedules"];
const USER_TABLES = [...ENTITY_TABLES, "entity_history", "uploads"];

let db: Database;
let sql: postgres.Sql;
beforeAll(async () => {
  const url = await createTestDatabase();
  await migrate({ url });
  db = openDatabase({ url, prepare: true });
  sql = connect(url);
});
afterAll(async () => {
  await db.close();
  await sql.end();
});

test(`answers as PostgreSQL does in ${SCHEDULES} simulated schedules, and ends with the same rows`, async () => {
  const { createRun, generateSchedule } = await loadSimulation();
  let answers = 0;
  let played = 0;
  for (let seed = 1; played < SCHEDULES; seed++) {
    const { schedule } = generateSchedule(seed);
    if (schedule.sealed || schedule.founds) continue; // what is sealed lies in tables of its own
    played++;
    const accounts = new Map(USERS.map((userId) => [userId, randomUUID()]));
    for (const account of accounts.values()) await insertUser(db, account);
    const mirror = mirrorOf(accounts, () => answers++);
    let finish = async () => {};
    const run = createRun((memory) => {
      const { store, compareRows } = mirror(memory);
      finish = compareRows;
      return store;
    });
    expect({ seed, failure: await run(schedule) }).toEqual({ seed, failure: null });
    await finish();
  }
  expect(answers).toBeGreaterThan(SCHEDULES * 20);
}, 300_000);

/** A store that answers from memory and compares each answer with that of PostgreSQL. */
function mirrorOf(accounts: ReadonlyMap<string, string>, onAnswer: () => void) {
  const stored = createSyncStore(db);
  const account = (userId: string) => accounts.get(userId)!;
  const rowsByBackup = new WeakMap<Backup, Map<string, string>>();

  return (memory: MemoryStore): { store: MemoryStore; compareRows(): Promise<void> } => {
    /** Asks both. The clocks are not one, so times of the server are left out. */
    const both = async <T>(
      ask: (store: SyncStore, user: (userId: string) => string) => Promise<T>,
    ): Promise<T> => {
      const answer = await ask(memory, (userId) => userId);
      const other = await ask(stored, account);
      if (!isDeepStrictEqual(comparable(answer), comparable(other))) {
        expect(comparable(other)).toEqual(comparable(answer));
      }
      onAnswer();
      return answer;
    };
    const store: MemoryStore = {
      ...memory,
      readForUpload: (userId, asked) => both((one, user) => one.readForUpload(user(userId), asked)),
      commitUpload: (userId, commit) => both((one, user) => one.commitUpload(user(userId), commit)),
      readPage: (userId, asked) => both((one, user) => one.readPage(user(userId), asked)),
      async backUp() {
        const backup = await memory.backUp();
        const rows = new Map<string, string>();
        for (const table of USER_TABLES) rows.set(table, await readRows(table, [...accounts.values()]));
        rows.set("users", await readUsers([...accounts.values()]));
        rowsByBackup.set(backup, rows);
        return backup;
      },
      async restore(backup) {
        await memory.restore(backup);
        await restoreRows([...accounts.values()], rowsByBackup.get(backup) ?? new Map());
      },
      async purge(userId, storedUpToMs) {
        const purged = await memory.purge(userId, storedUpToMs);
        await purgeRows(account(userId), purged);
        return purged;
      },
    };
    return {
      store,
      async compareRows() {
        for (const userId of accounts.keys()) {
          await store.readPage(userId, { afterSeq: 0, limit: 5_000, maxBytes: 2 ** 40, seqs: [] });
          const { bytes, history, uploads } = memory.accountOf(userId);
          const kept = [...history.values()].map(({ version, outcome, deviceId }) => {
            const { entityType, id, contentHash, entity } = version;
            return { entityType, id, contentHash, outcome, deviceId, entity };
          });
          expect(await readHistory(account(userId))).toEqual(kept.sort(byContent));
          expect(await readUploads(account(userId))).toEqual(uploads);
          expect(await readBytes(account(userId))).toEqual({ noted: bytes, counted: bytes });
        }
      },
    };
  };
}

/** An answer without times of the server and without the order that it promises nothing about. */
function comparable(answer: unknown): unknown {
  if (answer instanceof Map) return [...answer].sort();
  if (Array.isArray(answer)) return answer.map(comparable);
  if (typeof answer !== "object" || answer === null) return answer;
  const { serverTimeMs, storedAtMs, stored, ...rest } = answer as Record<string, unknown>;
  const entries = Object.entries(rest).map(([key, value]) => [
    key,
    key === "entity" ? value : comparable(value),
  ]);
  const list = stored as { contentHash: string }[] | undefined;
  return { ...Object.fromEntries(entries), stored: list?.map(comparable).sort(byContent as never) };
}

function byContent(a: { contentHash: string }, b: { contentHash: string }): number {
  return a.contentHash < b.contentHash ? -1 : 1;
}

async function readRows(table: string, users: string[]): Promise<string> {
  const [row] = await sql<{ rows: string }[]>`
    select coalesce(jsonb_agg(t), '[]')::text as rows from ${sql(table)} as t where user_id in ${sql(users)}`;
  return row!.rows;
}

async function readUsers(users: string[]): Promise<string> {
  const [row] = await sql<{ rows: string }[]>`
    select jsonb_agg(u)::text as rows from users as u where id in ${sql(users)}`;
  return row!.rows;
}

async function restoreRows(users: string[], rows: ReadonlyMap<string, string>): Promise<void> {
  for (const table of USER_TABLES) {
    await sql`delete from ${sql(table)} where user_id in ${sql(users)}`;
    const kept = rows.get(table) ?? "[]";
    await sql`insert into ${sql(table)} select * from jsonb_populate_recordset(null::${sql(table)}, ${kept}::text::jsonb)`;
  }
  await sql`update users set sync_seq = 0, purge_floor = 0, stored_bytes = 0 where id in ${sql(users)}`;
  const kept = rows.get("users") ?? "[]";
  await sql`
    update users
    set sync_seq = kept.sync_seq, purge_floor = kept.purge_floor, stored_bytes = kept.stored_bytes
    from jsonb_populate_recordset(null::users, ${kept}::text::jsonb) as kept
    where users.id = kept.id`;
}

async function purgeRows(user: string, seqs: number[]): Promise<void> {
  if (seqs.length === 0) return;
  for (const table of ENTITY_TABLES) {
    await sql`delete from ${sql(table)} where user_id = ${user} and seq in ${sql(seqs)}`;
  }
  await sql`
    update users
    set purge_floor = greatest(purge_floor, ${seqs.at(-1)!}), stored_bytes = account_bytes(id)
    where id = ${user}`;
}

async function readHistory(user: string): Promise<object[]> {
  const rows = await sql.unsafe(
    `select entity_type as "entityType", id, ${hashText("content_hash")} as "contentHash", outcome,
      device_id as "deviceId", ${PAST_ENTITY} as entity
    from entity_history as h where user_id = $1 order by ${hashText("content_hash")} collate "C"`,
    [user],
  );
  return rows.map((row) => ({ ...row, entity: row.entity && pastEntity(row.entity) }));
}

/** What the account takes, as every upload has noted it and as its rows add up. */
async function readBytes(user: string): Promise<object> {
  const [row] = await sql`
    select stored_bytes::int as noted, account_bytes(id)::int as counted from users where id = ${user}`;
  return { ...row };
}

async function readUploads(user: string): Promise<object[]> {
  const rows = await sql`
    select first_seq::int as "firstSeq", last_seq::int as "lastSeq", nonce
    from uploads where user_id = ${user} order by first_seq`;
  return rows.map((row) => ({ ...row }));
}
