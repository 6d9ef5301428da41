import { randomUUID } from "node:crypto";
import type postgres from "postgres";
import { afterAll, beforeAll, expect, test } from "vitest";
import { DEFAULT_QUOTAS } from "../../../server/accounts/quotas.ts";
import { newApiKey } from "../../../server/api-key-secret.ts";
import { createAuthentication, DEFAULT_LIMITS } from "../../../server/auth.ts";
import { migrate } from "../../../server/db/migrate.ts";
import { type Database, openDatabase, uuidArray } from "../../../server/db/pool.ts";
import { allRoutes } from "../../../server/http/routes/all-routes.ts";
import { doWork, type Work } from "../../../server/http/work.ts";
import { encodeCursor } from "../../../src/domain/protocol/cursor.ts";
import { createTestDatabase } from "../../helpers/postgres/postgres.ts";
import { connect } from "../../helpers/postgres/postgres-databases.ts";
import { envelopeOf, junkChange } from "../../helpers/sync/sealed-account.ts";
import { moodChange } from "../../helpers/sync/sync-server.ts";

/** A statement of the server, as it would be prepared. */
interface Asked {
  text: string;
  parameters: unknown[];
}

interface PlanNode {
  "Node Type": string;
  "Relation Name"?: string;
  "Index Name"?: string;
  "Index Cond"?: string;
  "Actual Rows"?: number;
  "Actual Loops"?: number;
  "Rows Removed by Filter"?: number;
  "Rows Removed by Join Filter"?: number;
  Plans?: PlanNode[];
}

const MOODS = 50_000;
const OTHER_ACCOUNTS = 5_000;
/** Of an account that the statistics do not know. */
const NEW_MOODS = 2_000;
const HEAD_NONCE = "1".repeat(32);

const account = { userId: randomUUID(), keyId: randomUUID(), deviceId: randomUUID(), moodId: randomUUID() };
const { text: apiKey, secretHash } = newApiKey(account.userId);
const NEW_IDS = Array.from({ length: NEW_MOODS }, () => randomUUID());
const newcomer = someAccount();
const sealedNewcomer = someAccount();
const sealed = {
  userId: randomUUID(),
  deviceId: randomUUID(),
  entityId: "11111111-2222-8333-8444-555555555555",
};
const { text: sealedKey, secretHash: sealedSecretHash } = newApiKey(sealed.userId);
const GENERATION = { generation: 1, key_id: "0123456789abcdef" };
const ENVELOPE = envelopeOf(512);
const NEW_SEALED = Array.from({ length: NEW_MOODS }, () => junkChange(ENVELOPE));
const asked: Asked[] = [];
let sql: postgres.Sql;
let db: Database;
let ask: (method: Work["method"], path: string, request: Partial<Work>, key?: string) => Promise<void>;

beforeAll(async () => {
  const url = await createTestDatabase();
  await migrate({ url });
  sql = connect(url);
  await sql.unsafe(`
    insert into users (id, sync_seq) select '${account.userId}', ${MOODS};
    insert into users (id, sync_seq) select gen_random_uuid(), 1 from generate_series(1, ${OTHER_ACCOUNTS});
    insert into api_keys (user_id, id, secret_hash, last_used_at)
      select id, gen_random_uuid(), md5(id::text), now() from users;
    update api_keys set id = '${account.keyId}', secret_hash = '${secretHash}', last_used_at = null
      where user_id = '${account.userId}';
    insert into devices (user_id, id) select id, gen_random_uuid() from users;
    insert into uploads (user_id, first_seq, last_seq, nonce, device_id, applied, conflicts)
      select id, 1, 1, '${HEAD_NONCE}', id, 1, 0 from users;
    insert into uploads (user_id, first_seq, last_seq, nonce, device_id, applied, conflicts)
      select '${account.userId}', n * 100 + 2, n * 100 + 101, '${HEAD_NONCE}', '${account.deviceId}', 100, 0
      from generate_series(0, ${MOODS / 100 - 1}) as n;
    insert into mood_entries
      (user_id, id, value, recorded_at, recorded_at_offset, created_at, updated_at, deleted_at, content_hash, seq, device_id)
      select '${account.userId}', case n when 1 then '${account.moodId}' else gen_random_uuid() end, 3, now(), 0, now(),
        '2026-01-01', case n % 50 when 2 then now() end, 1, n, '${account.deviceId}'
      from generate_series(1, ${MOODS}) as n;
    insert into entity_history (user_id, entity_type, id, updated_at, content_hash, outcome, device_id)
      select user_id, 'MoodEntry', id, '2025-01-01', 2, 'replaced', device_id
      from mood_entries where seq % 2 = 1;
    insert into activities (user_id, id, updated_at, content_hash, seq, device_id)
      select id, gen_random_uuid(), '2026-01-01', 1, 1, id from users;
    insert into assessments (user_id, id, updated_at, content_hash, seq, device_id)
      select id, gen_random_uuid(), '2026-01-01', 1, 1, id from users;
    insert into schedules (user_id, id, updated_at, content_hash, seq, device_id)
      select id, gen_random_uuid(), '2026-01-01', 1, 1, id from users;
    insert into users (id, sync_seq, generation, seal_format, key_id, key_check, founded_at, founded_by)
      values ('${sealed.userId}', ${MOODS}, 1, 1, '${GENERATION.key_id}', '\\x01', now(), '${sealed.deviceId}');
    insert into api_keys (user_id, id, secret_hash, last_used_at)
      values ('${sealed.userId}', gen_random_uuid(), '${sealedSecretHash}', null);
    insert into devices (user_id, id) values ('${sealed.userId}', '${sealed.deviceId}');
    insert into uploads (user_id, first_seq, last_seq, nonce, device_id, applied, conflicts)
      select '${sealed.userId}', n * 100 + 2, n * 100 + 101, '${HEAD_NONCE}', '${sealed.deviceId}', 100, 0
      from generate_series(0, ${MOODS / 100 - 1}) as n;
    insert into sealed_entities
      (user_id, generation, id, updated_at, deleted, envelope, content_hash, seq, device_id)
      select '${sealed.userId}', 1, case n when 1 then '${sealed.entityId}' else gen_random_uuid() end, '2026-01-01',
        n % 50 = 2, decode('${ENVELOPE}', 'base64'), '0123456789abcdef', n, '${sealed.deviceId}'
      from generate_series(1, ${MOODS}) as n;
    insert into sealed_history
      (user_id, generation, id, updated_at, content_hash, outcome, deleted, envelope, device_id)
      select user_id, 1, id, '2025-01-01', 'fedcba9876543210', 'replaced', false, envelope, device_id
      from sealed_entities where seq % 2 = 1;
    analyze;
    insert into users (id, sync_seq) values ('${newcomer.userId}', ${NEW_MOODS});
    insert into api_keys (user_id, id, secret_hash) values ('${newcomer.userId}', gen_random_uuid(), '${newcomer.secretHash}');
    insert into devices (user_id, id) values ('${newcomer.userId}', '${newcomer.deviceId}');
    insert into mood_entries (user_id, id, value, updated_at, content_hash, seq, device_id)
      select '${newcomer.userId}', id::uuid, 3, '2026-01-01', 1, n, '${newcomer.deviceId}'
      from unnest('${uuidArray(NEW_IDS)}'::text[]) with ordinality as new (id, n);
    insert into entity_history (user_id, entity_type, id, updated_at, content_hash, outcome, device_id)
      select user_id, 'MoodEntry', id, '2025-01-01', 4, 'lost', device_id
      from mood_entries where user_id = '${newcomer.userId}';
    insert into users (id, sync_seq, generation, seal_format, key_id, key_check, founded_at, founded_by)
      values ('${sealedNewcomer.userId}', ${NEW_MOODS}, 1, 1, '${GENERATION.key_id}', '\\x01', now(),
        '${sealedNewcomer.deviceId}');
    insert into api_keys (user_id, id, secret_hash)
      values ('${sealedNewcomer.userId}', gen_random_uuid(), '${sealedNewcomer.secretHash}');
    insert into devices (user_id, id) values ('${sealedNewcomer.userId}', '${sealedNewcomer.deviceId}');
    insert into sealed_entities
      (user_id, generation, id, updated_at, deleted, envelope, content_hash, seq, device_id)
      select '${sealedNewcomer.userId}', 1, id::uuid, '2026-01-01', false, decode('${ENVELOPE}', 'base64'),
        '0123456789abcdef', n, '${sealedNewcomer.deviceId}'
      from unnest('${uuidArray(NEW_SEALED.map(({ id }) => id))}'::text[]) with ordinality as new (id, n);
    insert into sealed_history
      (user_id, generation, id, updated_at, content_hash, outcome, deleted, envelope, device_id)
      select user_id, 1, id, '2025-01-01', 'fedcba9876543210', 'lost', false, envelope, device_id
      from sealed_entities where user_id = '${sealedNewcomer.userId}';`);
  db = openDatabase({ url, prepare: true });
  const noted: Database = {
    ...db,
    run: (statement) => {
      asked.push(statement(asText as unknown as postgres.Sql) as unknown as Asked);
      return db.run(statement);
    },
  };
  const routes = allRoutes({ db: noted, probe: noted, nowMs: Date.now, quotas: DEFAULT_QUOTAS });
  const authentication = createAuthentication({ db: noted, limits: DEFAULT_LIMITS, nowMs: Date.now });
  ask = async (
    method,
    path,
    { body = null, parameters = {} },
    key = /\/seal/.test(path) ? sealedKey : apiKey,
  ) => {
    asked.length = 0;
    const authorization = `Bearer ${key}`;
    const caller = await authentication.authenticate({ authorization, address: "127.0.0.1" });
    await authentication.recheck(caller);
    const work = { requestId: "0", method, path, parameters, query: "", body, caller };
    const { status, content } = await doWork(routes, work);
    if (status >= 400) throw new Error(Buffer.from(content).toString());
  };
}, 120_000);

afterAll(async () => {
  await Promise.all([db?.close(), sql?.end()]);
});

const json = (value: object) => Buffer.from(JSON.stringify(value));
const cursor = encodeCursor({ seq: MOODS / 2 + 1, nonce: HEAD_NONCE, startHorizon: null });

const { deviceId, moodId, keyId } = account;
const change = moodChange({ id: moodId, updatedAtMs: Date.now() - 1_000 });
const UPLOAD = { device_id: deviceId, client_cursor: cursor, changes: [change, moodChange()] };
const DOWNLOAD = { device_id: deviceId, limit: 1_000 };
const SEALED = { ...GENERATION, device_id: sealed.deviceId };
const SEALED_CHANGE = junkChange(ENVELOPE, { id: sealed.entityId });
const SEALED_ROWS = "sealed_entities_pkey";
const SEALED_HISTORY = "sealed_history_by_entity";
const SEALED_PAGE = ["sealed_entities_by_seq", "sealed_entities_deleted_by_seq", "uploads_pkey"];
const ROWS = "mood_entries_pkey";
const UPLOADS = "uploads_pkey";
const HISTORY = "entity_history_by_entity";
const PAGE = ["mood_entries_by_seq", "mood_entries_deleted_by_seq", UPLOADS];

test.each<[Work["method"], string, Partial<Work>, string[]]>([
  ["POST", "/v1/sync/upload", { body: json(UPLOAD) }, [HISTORY, ROWS, UPLOADS]],
  ["POST", "/v1/sync/download", { body: json({ ...DOWNLOAD, since: null }) }, PAGE],
  ["POST", "/v1/sync/download", { body: json({ ...DOWNLOAD, since: cursor }) }, PAGE],
  [
    "GET",
    "/v1/history/{entity_type}/{id}",
    { parameters: { entity_type: "MoodEntry", id: moodId } },
    [HISTORY, ROWS],
  ],
  ["GET", "/v1/devices", {}, []],
  ["PUT", "/v1/devices/{id}", { parameters: { id: randomUUID() }, body: json({ label: "other" }) }, []],
  ["GET", "/v1/auth/api-keys", {}, []],
  ["POST", "/v1/auth/api-keys", { body: json({ label: "other" }) }, []],
  ["DELETE", "/v1/auth/api-keys/{id}", { parameters: { id: keyId } }, []],
  ["GET", "/v1/sealing", {}, []],
  [
    "POST",
    "/v1/sealed/upload",
    { body: json({ ...SEALED, client_cursor: cursor, changes: [SEALED_CHANGE, junkChange(ENVELOPE)] }) },
    [SEALED_ROWS, SEALED_HISTORY, UPLOADS],
  ],
  ["POST", "/v1/sealed/download", { body: json({ ...SEALED, ...DOWNLOAD, since: null }) }, SEALED_PAGE],
  ["POST", "/v1/sealed/download", { body: json({ ...SEALED, ...DOWNLOAD, since: cursor }) }, SEALED_PAGE],
  ["GET", "/v1/sealed/history/{id}", { parameters: { id: sealed.entityId } }, [SEALED_ROWS, SEALED_HISTORY]],
])(
  "every statement of %s %s reaches its rows by an index, from the account on",
  async (method, path, request, indexes) => {
    await ask(method, path, request);
    const found: string[] = [];
    for (const statement of asked) found.push(...(await scans(statement)));
    expect(asked.length).toBeGreaterThan(1);
    const besides = found.filter((scan) => !BY_ACCOUNT.test(scan));
    expect(besides).toEqual([]);
    const used = new Set(found.map((scan) => scan.split(" ")[0]!));
    expect([...used].filter((index) => GROWING.test(index)).sort()).toEqual(indexes);
  },
);

const ofNewcomer = { device_id: newcomer.deviceId };
const ofSealed = { ...GENERATION, device_id: sealedNewcomer.deviceId };

// PostgreSQL takes an account that its statistics do not know for empty, and all its rows for no more work than one.
test.each<[string, { userId: string; key: string }, object]>([
  [
    "/v1/sync/upload",
    newcomer,
    { ...ofNewcomer, client_cursor: null, changes: NEW_IDS.slice(0, 500).map((id) => moodChange({ id })) },
  ],
  ["/v1/sync/download", newcomer, { ...ofNewcomer, limit: 1_000, since: null }],
  [
    "/v1/sealed/upload",
    sealedNewcomer,
    { ...ofSealed, client_cursor: null, changes: NEW_SEALED.slice(0, 500) },
  ],
  ["/v1/sealed/download", sealedNewcomer, { ...ofSealed, limit: 1_000, since: null }],
])(
  "POST %s of an account that came after the statistics reads each of its rows a few times at most",
  async (path, { userId, key }, body) => {
    const [head] = await sql`select sync_seq, stored_bytes from users where id = ${userId}`;
    await ask("POST", path, { body: json(body) }, key);
    const toBefore = () =>
      sql.unsafe(`
        delete from uploads where user_id = '${userId}';
        update users set sync_seq = ${head!.sync_seq}, stored_bytes = ${head!.stored_bytes} where id = '${userId}';`);
    const counts: number[] = [];
    for (const statement of asked) counts.push(...(await countRead(statement, toBefore)));
    expect(Math.max(...counts)).toBeGreaterThan(500);
    expect(Math.max(...counts)).toBeLessThan(10 * NEW_MOODS);
  },
);

function readBy(node: PlanNode): number {
  const scanned = /Scan/.test(node["Node Type"]) ? node["Actual Rows"]! : 0;
  const removed = (node["Rows Removed by Filter"] ?? 0) + (node["Rows Removed by Join Filter"] ?? 0);
  return (scanned + removed) * node["Actual Loops"]!;
}

/** How many rows each plan of a statement reads, and how many pairs it compares in vain, when it runs again. */
async function countRead(statement: Asked, toBefore: () => PromiseLike<unknown>): Promise<number[]> {
  const found = await plans(statement, "analyze, format json", async (explain) => {
    await sql.unsafe("begin");
    await toBefore();
    const plan = await explain();
    await sql.unsafe("rollback");
    return plan;
  });
  return found.map((plan) => nodes(plan).reduce((sum, node) => sum + readBy(node), 0));
}

const BY_ACCOUNT = /^(users_pkey \(id = |\w+ \(+user_id = )/;
/** Of the tables that grow with every entry. */
const GROWING = /^(mood_entries|entity_history|sealed_entities|sealed_history|uploads)_/;

/** By what the plans of a statement read, each with its condition. */
async function scans(statement: Asked): Promise<string[]> {
  const found = (await plans(statement, "format json")).flatMap((plan) => nodes(plan).flatMap(scanOf));
  return [...new Set(found)];
}

/** The plan for the values that a statement was given, and the one that is made once for all values. */
async function plans(
  { text, parameters }: Asked,
  options: string,
  around = (explain: () => Promise<PlanNode>) => explain(),
): Promise<PlanNode[]> {
  const found: PlanNode[] = [];
  await sql.unsafe(`prepare asked as ${text}`);
  const given = parameters.length > 0 ? `(${parameters.map(quoted).join(", ")})` : "";
  for (const mode of ["force_custom_plan", "force_generic_plan"]) {
    await sql.unsafe(`set plan_cache_mode = ${mode}`);
    const explained = () => sql.unsafe(`explain (${options}) execute asked ${given}`);
    found.push(await around(async () => (await explained())[0]!["QUERY PLAN"][0].Plan));
  }
  await sql.unsafe("deallocate asked");
  return found;
}

function scanOf(node: PlanNode): string[] {
  const { "Node Type": type, "Relation Name": table, "Index Name": index, "Index Cond": condition } = node;
  if (index !== undefined) return [`${index} ${condition}`];
  const isOfIndex = type === "Bitmap Heap Scan" || type === "ModifyTable";
  return table === undefined || isOfIndex ? [] : [`${type} of ${table}`];
}

function nodes(node: PlanNode): PlanNode[] {
  return [node, ...(node.Plans ?? []).flatMap(nodes)];
}

function quoted(value: unknown): string {
  if (value === null) return "null";
  const text = value instanceof Date ? value.toISOString() : String(value);
  return `'${text.replaceAll("'", "''")}'`;
}

function someAccount() {
  const userId = randomUUID();
  const { text: key, secretHash } = newApiKey(userId);
  return { userId, deviceId: randomUUID(), key, secretHash };
}

/** Stands for the `sql` of postgres.js, and gives a statement instead of running it. */
const asText = Object.assign(
  (strings: readonly string[], ...parameters: unknown[]): Asked => ({
    text: strings.reduce((text, part, index) => `${text}$${index}${part}`),
    parameters,
  }),
  { unsafe: (text: string, parameters: unknown[] = []): Asked => ({ text, parameters }) },
);
