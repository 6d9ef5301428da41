import type postgres from "postgres";
import { afterAll, beforeAll, expect, test } from "vitest";
import { createTestDatabase } from "../../helpers/postgres/postgres.ts";
import { connect } from "../../helpers/postgres/postgres-databases.ts";
import { startTestServer, type TestServer } from "../../helpers/server/http-server.ts";
import { failure, run, sealedDevice } from "../../helpers/sync/sealed-devices.ts";
import { sync } from "../../helpers/sync/synced-devices.ts";

const WEEK_MS = 7 * 24 * 60 * 60 * 1000;
const DIFFERS =
  /the server does not hold the same as this device, found .*; `moodsync sync verify` says more/;

let server: TestServer;
let sql: postgres.Sql;

beforeAll(async () => {
  const url = await createTestDatabase();
  server = await startTestServer(url);
  sql = connect(url);
});
afterAll(async () => {
  await sql.end();
  await server.close();
});

test("a server that forgot an entry is noticed within a week, and sync status says so until it is mended", async () => {
  const { userId, apiKey } = await server.newAccount();
  const { device } = await sealedDevice({ url: server.url, apiKey });
  await device.json(["log", "mood", "4"]);
  await device.json(["log", "mood", "2"]);
  await sync(device);
  const sealedStatus = async () => (await device.json(["sync", "status"])).sealed;
  const { verified_at, differs_at } = await sealedStatus();
  expect([typeof verified_at, differs_at]).toEqual(["string", null]);
  await sql`delete from sealed_entities where user_id = ${userId}
    and id = (select min(id::text)::uuid from sealed_entities where user_id = ${userId})`;

  expect((await run(device, ["sync"])).stderr).toBe("");
  expect((await sealedStatus()).differs_at).toBeNull();
  device.nowMs += WEEK_MS;
  const foundAtMs = device.nowMs;
  expect((await run(device, ["sync"])).stderr).toContain("does not hold the same as this device");
  device.nowMs += 1_000;
  await sync(device); // and it stays the first time that it was found
  expect(await sealedStatus()).toMatchObject({
    verified_at,
    differs_at: new Date(foundAtMs).toISOString(),
  });
  expect((await run(device, ["sync", "status"])).stdout.replace(/\s+/g, " ")).toMatch(DIFFERS);

  device.nowMs = Date.now();
  await failure(device, ["sync", "verify"], 1);
  await run(device, ["sync", "verify", "--repair"]);
  expect((await sealedStatus()).differs_at).toBeNull();
  expect((await run(device, ["sync", "status"])).stdout.replace(/\s+/g, " ")).not.toMatch(DIFFERS);
});
