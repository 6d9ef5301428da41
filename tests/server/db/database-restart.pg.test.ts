import { randomUUID } from "node:crypto";
import { mkdtempSync, rmSync } from "node:fs";
import { join } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import { afterAll, beforeAll, expect, test } from "vitest";
import { type PrivatePostgres, startPrivatePostgres } from "../../../server/private-postgres/start.ts";
import { crashAndRestart } from "../../helpers/postgres/crash-postgres.ts";
import { send, startTestServer, type TestServer } from "../../helpers/server/http-server.ts";
import { moodChange } from "../../helpers/sync/sync-server.ts";

const base = mkdtempSync("/tmp/moodsync-test-");
let postgres: PrivatePostgres;
let server: TestServer;
let account: { apiKey: string };
const place = () => ({ directory: postgres.directory, systemDirectory: base });
const uncaught: unknown[] = [];
const onUncaught = (error: unknown) => uncaught.push(error);

beforeAll(async () => {
  process.on("uncaughtException", onUncaught);
  process.on("unhandledRejection", onUncaught);
  postgres = await startPrivatePostgres({
    directory: join(base, "home/postgres"),
    systemDirectory: base,
    purpose: "serve",
  });
  server = await startTestServer(postgres.url);
  account = await server.newAccount();
});
afterAll(async () => {
  await server.close();
  await postgres.stop();
  rmSync(base, { recursive: true, force: true });
  process.off("uncaughtException", onUncaught);
  process.off("unhandledRejection", onUncaught);
});

test("survives PostgreSQL's crashes under load: 503 meanwhile, and nothing acknowledged is lost", async () => {
  const { apiKey } = account;
  const acknowledged = new Set<string>();
  const statuses = new Set<number>();
  let loading = true;
  const load = Array.from({ length: 6 }, async () => {
    const deviceId = randomUUID();
    while (loading) {
      const changes = [moodChange(), moodChange()];
      const body = { device_id: deviceId, client_cursor: null, changes };
      const answer = await send(server.url, "POST", "/v1/sync/upload", { apiKey, body });
      statuses.add(answer.status);
      if (answer.status === 200) for (const id of answer.body.applied_ids) acknowledged.add(id);
      else {
        expect(answer).toMatchObject({ status: 503, body: { code: "unavailable" } });
        expect(answer.headers.get("retry-after")).toMatch(/^\d+$/);
        await sleep(20);
      }
    }
  });
  await sleep(300);
  await crashAndRestart(place(), 0);
  await sleep(500);
  const restarted = crashAndRestart(place(), 600);
  await sleep(300);
  const whileDown = [await send(server.url, "GET", "/health"), await send(server.url, "GET", "/ready")].map(
    ({ status }) => status,
  );
  await restarted;
  await sleep(500);
  loading = false;
  await Promise.all(load);

  expect(whileDown).toEqual([200, 503]);
  expect([...statuses].sort()).toEqual([200, 503]);
  // Its probe has a connection of its own, which may notice the last crash only now; the server is back within 5 s.
  await expect
    .poll(() => send(server.url, "GET", "/ready"), { timeout: 5_000 })
    .toMatchObject({ status: 200 });
  const stored = new Set<string>();
  let since: string | null = null;
  for (;;) {
    const page = await send(server.url, "POST", "/v1/sync/download", {
      apiKey,
      body: { device_id: randomUUID(), since, limit: 5_000 },
    });
    for (const { id } of page.body.changes) stored.add(id);
    since = page.body.server_cursor;
    if (!page.body.has_more) break;
  }
  expect([...acknowledged].filter((id) => !stored.has(id))).toEqual([]);
  expect(acknowledged.size).toBeGreaterThan(0);
  expect(uncaught).toEqual([]);
});
