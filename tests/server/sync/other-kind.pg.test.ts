import { randomUUID } from "node:crypto";
import type postgres from "postgres";
import { afterAll, beforeAll, expect, test } from "vitest";
import { createTestDatabase } from "../../helpers/postgres/postgres.ts";
import { connect } from "../../helpers/postgres/postgres-databases.ts";
import { send, startTestServer, type TestServer } from "../../helpers/server/http-server.ts";
import { moodChange } from "../../helpers/sync/sync-server.ts";

const DEVICE = randomUUID();

let server: TestServer;
let sql: postgres.Sql;
beforeAll(async () => {
  const url = await createTestDatabase();
  server = await startTestServer(url);
  sql = connect(url);
});
afterAll(async () => {
  await server.close();
  await sql.end();
});

test("a client that knows no sealed accounts is told so on every route with entities, and nothing is stored", async () => {
  const { apiKey, userId } = await server.newAccount();
  const standing = moodChange();
  const upload = { device_id: DEVICE, client_cursor: null, changes: [standing] };
  await send(server.url, "POST", "/v1/sync/upload", { apiKey, body: upload });
  await sql`update users set generation = 1, key_id = '449d0e2166b4ec3d' where id = ${userId}`;

  const answers = [
    await send(server.url, "POST", "/v1/sync/upload", {
      apiKey,
      body: { ...upload, changes: [moodChange()] },
    }),
    await send(server.url, "POST", "/v1/sync/upload", {
      apiKey,
      body: { ...upload, client_cursor: "unknown" },
    }),
    await send(server.url, "POST", "/v1/sync/download", { apiKey, body: { device_id: DEVICE, since: null } }),
    await send(server.url, "POST", "/v1/sync/download", {
      apiKey,
      body: { device_id: DEVICE, since: "unknown" },
    }),
    await send(server.url, "GET", "/v1/sync/digest", { apiKey }),
    await send(server.url, "GET", `/v1/history/MoodEntry/${standing.id}`, { apiKey }),
  ];
  for (const { status, body } of answers) {
    expect([status, body.code]).toEqual([422, "sealed_account"]);
    expect(body.detail).toMatch(/^The account is sealed/);
  }
  const [row] = await sql`select count(*)::integer as moods from mood_entries where user_id = ${userId}`;
  expect(row).toEqual({ moods: 1 });
});
