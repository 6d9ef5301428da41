import { randomUUID } from "node:crypto";
import type postgres from "postgres";
import { afterAll, beforeAll, expect, test } from "vitest";
import { openDatabase, wholeRows } from "../../../server/db/pool.ts";
import {
  type CuttingDatabaseProxy,
  startCuttingDatabaseProxy,
} from "../../helpers/postgres/cutting-database-proxy.ts";
import { createTestDatabase } from "../../helpers/postgres/postgres.ts";
import { send, startTestServer, type TestServer } from "../../helpers/server/http-server.ts";
import { moodChange } from "../../helpers/sync/sync-server.ts";

const CUTS = 30;

let proxy: CuttingDatabaseProxy;
let server: TestServer;
beforeAll(async () => {
  proxy = await startCuttingDatabaseProxy(await createTestDatabase());
  server = await startTestServer(proxy.url);
});
afterAll(async () => {
  await server.close();
  proxy.close();
});

test("answers 200 or 503, never another, however often a result is cut off behind its first row", async () => {
  const { apiKey } = await server.newAccount();
  const deviceId = randomUUID();
  const upload = () => ({ device_id: deviceId, client_cursor: null, changes: [moodChange()] });
  const requests = [
    () => send(server.url, "GET", "/v1/devices", { apiKey }),
    () => send(server.url, "GET", "/v1/auth/api-keys", { apiKey }),
    () => send(server.url, "POST", "/v1/sync/upload", { apiKey, body: upload() }),
    () =>
      send(server.url, "POST", "/v1/sync/download", { apiKey, body: { device_id: deviceId, since: null } }),
    () => send(server.url, "GET", "/v1/sync/digest", { apiKey }),
  ];
  const countByStatus: Record<number, number> = {};
  let turn = 0;
  while (proxy.cuts() < CUTS) {
    proxy.cutNextResult();
    const batch = Array.from({ length: 4 }, () => requests[turn++ % requests.length]!());
    for (const { status } of await Promise.all(batch))
      countByStatus[status] = (countByStatus[status] ?? 0) + 1;
  }
  expect(Object.keys(countByStatus)).toEqual(["200", "503"]);
});

test("gets all rows of a statement after one that failed behind its first rows", async () => {
  const db = openDatabase({ url: await createTestDatabase(), prepare: true });
  const failing = Array.from({ length: 10 }, () =>
    db.run((sql) => sql`select 1 / (3 - g) as a, pg_sleep(0.05)::text from generate_series(1, 5) as g`),
  );
  for (const outcome of await Promise.allSettled(failing)) {
    expect(outcome).toMatchObject({ reason: { kind: "failed", sqlState: "22012" } });
  }
  const next = Array.from({ length: 10 }, () =>
    db.run((sql) => sql`select g as id, pg_sleep(0.05)::text as slept from generate_series(7, 8) as g`),
  );
  for (const rows of await Promise.all(next))
    expect(rows.map(Object.values)).toEqual([
      [7, ""],
      [8, ""],
    ]);
  await db.close();
});

test("refuses a result whose rows are not as many as PostgreSQL counted", () => {
  const short = Object.assign([{ id: 1 }], { count: 2, columns: [{ name: "id" }] });
  expect(() => wholeRows(short as unknown as postgres.RowList<object[]>)).toThrow(
    expect.objectContaining({ kind: "unavailable", sqlState: "ROWS_MISSING" }),
  );
});
