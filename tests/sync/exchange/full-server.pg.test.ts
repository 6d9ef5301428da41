import { afterAll, beforeAll, expect, test } from "vitest";
import { createDevice } from "../../helpers/device/device.ts";
import { createTestDatabase } from "../../helpers/postgres/postgres.ts";
import { startTestServer, type TestServer } from "../../helpers/server/http-server.ts";
import { connectDevice, entitiesOf, sync } from "../../helpers/sync/synced-devices.ts";

let server: TestServer;
beforeAll(async () => {
  const quotas = { bytes: 200_000, keys: 10, devices: 2 };
  server = await startTestServer(await createTestDatabase(), { quotas });
});
afterAll(() => server.close());

test("a device of a full account keeps what is new, receives, and says what to do", async () => {
  const account = { url: server.url, ...(await server.newAccount()) };
  const [laptop, phone] = [await connectDevice(account, "laptop"), await connectDevice(account, "phone")];
  await phone.run(["log", "mood", "4"]);
  await sync(laptop);
  await sync(phone);
  const note = "x".repeat(9_000);
  for (let i = 0; i < 30; i++) await laptop.run(["log", "mood", "3", "-n", note]);
  const full = await laptop.run(["sync"]);
  expect(full).toMatchObject({ code: 1, stdout: "" });
  expect(full.stderr).toContain("no more room for this account");
  expect(full.stderr).toContain("raise its quotas");
  expect(await laptop.json(["sync", "status"])).toMatchObject({ pending: 30 });
  expect((await laptop.run(["sync", "status"])).stdout).toContain("no more room for this account");
  expect((await entitiesOf(laptop)).mood_entries).toHaveLength(31);
});

test("what is deleted on a device of a full account goes to the others, though new entries wait", async () => {
  const account = { url: server.url, ...(await server.newAccount()) };
  const [laptop, phone] = [await connectDevice(account, "laptop"), await connectDevice(account, "phone")];
  const { id } = await phone.json(["log", "mood", "4"]);
  await sync(phone);
  await sync(laptop);
  for (let i = 0; i < 30; i++) await laptop.run(["log", "mood", "3", "-n", "x".repeat(9_000)]);
  await laptop.run(["delete", id]);
  expect((await laptop.run(["sync"])).stderr).toContain("no more room for this account");
  expect(await laptop.json(["sync", "status"])).toMatchObject({ pending: 30 });
  await sync(phone);
  expect((await entitiesOf(phone)).mood_entries).toHaveLength(0);
});

test("a device beyond the quota is told so, and keeps its data", async () => {
  const account = { url: server.url, ...(await server.newAccount()) };
  await sync(await connectDevice(account, "laptop"));
  await sync(await connectDevice(account, "phone"));
  const third = createDevice();
  third.nowMs = Date.now();
  await third.run(["log", "mood", "3"]);
  const refused = await third.run(["sync", "enable", account.url, "--key-stdin"], { input: account.apiKey });
  expect(refused.code).toBe(1);
  expect(refused.stderr).toContain("no more room for this account");
  expect((await entitiesOf(third)).mood_entries).toHaveLength(1);
});
