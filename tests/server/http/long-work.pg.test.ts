import { randomUUID } from "node:crypto";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { createLongWork } from "../../../server/http/long-work.ts";
import type { ReadyAnswer, Work } from "../../../server/http/work.ts";
import { createTestDatabase } from "../../helpers/postgres/postgres.ts";
import { send, startTestServer, type TestServer } from "../../helpers/server/http-server.ts";
import { moodChange } from "../../helpers/sync/sync-server.ts";

const DEVICE = randomUUID();

let server: TestServer;
beforeAll(async () => {
  server = await startTestServer(await createTestDatabase());
});
afterAll(() => server.close());

function post(apiKey: string, route: string, more: object) {
  return send(server.url, "POST", `/v1/sync/${route}`, { apiKey, body: { device_id: DEVICE, ...more } });
}

function upload(apiKey: string, changes: readonly object[]) {
  return post(apiKey, "upload", { client_cursor: null, changes });
}

/** Each pool has a name of its own in PostgreSQL. */
async function countPools(): Promise<number> {
  const rows = await server.db.run<{ application_name: string }>(
    (
      sql,
    ) => sql`select distinct application_name from pg_stat_activity where application_name like 'moodsync %'
      and datname = current_database()`,
  );
  return rows.length;
}

const moods = (count: number) => Array.from({ length: count }, () => moodChange({ note: "n".repeat(200) }));

describe("a long request", () => {
  test("is worked on beside the thread of the small ones, and answered like them", async () => {
    const { apiKey } = await server.newAccount();
    expect((await upload(apiKey, moods(2))).body.applied_ids).toHaveLength(2);
    const pools = await countPools();
    const many = moods(500);
    const answer = await upload(apiKey, many);
    expect(await countPools()).toBe(pools + 1);
    expect(answer).toMatchObject({ status: 200, body: { conflicts: [] } });
    expect(answer.body.applied_ids.sort()).toEqual(many.map(({ id }) => id).sort());
    expect((await upload(apiKey, many)).body.applied_ids).toHaveLength(500);
    expect((await post(apiKey, "download", { since: null })).body.changes).toHaveLength(502);
    expect(server.logText()).toMatch(/"changes":500,"applied":500,"conflicts":0/);
  });

  test("that is bad is refused with the same problem body", async () => {
    const { apiKey } = await server.newAccount();
    const bad = await upload(apiKey, [...moods(500), { id: "x" }]);
    expect(bad).toMatchObject({ status: 400, body: { code: "malformed", detail: /^changes\[500\]\./ } });
    expect(bad.body.request_id).toBe(bad.headers.get("x-request-id"));
    const raw = `{"device_id":"${DEVICE}","changes":[${" ".repeat(100_000)}`;
    const cut = await send(server.url, "POST", "/v1/sync/upload", { apiKey, raw });
    expect(cut).toMatchObject({ status: 400, body: { detail: "The body must be JSON in UTF-8." } });
  });
});

describe("the thread of long requests", () => {
  const data = {
    databaseUrl: "postgres://nobody@127.0.0.1:1/none",
    prepare: true,
    quotas: { bytes: 1, keys: 1, devices: 1 },
  };
  const work = (userId: string, bytes: number): Work => ({
    requestId: randomUUID(),
    method: "POST",
    path: "/v1/sync/upload",
    parameters: {},
    query: "",
    body: new Uint8Array(bytes),
    caller: { userId, keyId: "key" },
  });
  const answerOf = (bytes: number): ReadyAnswer => ({
    status: 200,
    headers: {},
    content: new Uint8Array(bytes),
    logged: {},
  });

  test("takes what has a large body, and for a while the rest of an account that had a large answer", () => {
    let now = 0;
    const { isLong, noteAnswer } = createLongWork({ data, nowMs: () => now });
    expect([isLong(work("a", 100)), isLong(work("a", 100_000))]).toEqual([false, true]);
    noteAnswer(work("a", 100), answerOf(100));
    expect(isLong(work("a", 100))).toBe(false);
    noteAnswer(work("a", 100), answerOf(100_000));
    expect([isLong(work("a", 100)), isLong(work("b", 100))]).toEqual([true, false]);
    now = 10_000;
    expect(isLong(work("a", 100))).toBe(false);
  });

  test("answers 503 when it has ended before it was done, and is there again for the next request", async () => {
    const longWork = createLongWork({ data, nowMs: Date.now });
    const answered = longWork.do(work("a", 100_000));
    await new Promise((resolve) => setImmediate(resolve));
    await longWork.close();
    expect((await answered).status).toBe(503);
    expect((await longWork.do(work("a", 100_000))).status).toBe(400); // of zeros
    await longWork.close();
  });
});
