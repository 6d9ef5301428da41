import { afterAll, beforeAll, beforeEach, expect, test } from "vitest";
import { createDevice, type Device } from "../helpers/device/device.ts";
import { createTestDatabase } from "../helpers/postgres/postgres.ts";
import { startTestServer, type TestServer } from "../helpers/server/http-server.ts";

let server: TestServer;
let apiKey: string;
beforeAll(async () => {
  server = await startTestServer(await createTestDatabase());
});
afterAll(() => server.close());
beforeEach(async () => {
  ({ apiKey } = await server.newAccount());
});

async function connectedDevice(): Promise<Device> {
  const device = createDevice();
  device.nowMs = Date.now();
  const enabled = await device.run(["sync", "enable", server.url, "--key-stdin"], { input: apiKey });
  expect(enabled).toMatchObject({ code: 0 });
  return device;
}

test("shows what this device and the server hold, side by side", async () => {
  const [laptop, phone] = [await connectedDevice(), await connectedDevice()];
  await laptop.json(["log", "mood", "4", "-a", "running", "--create"]);
  await laptop.json(["sync"]);
  await phone.json(["log", "mood", "2"]);

  const equal = await laptop.json(["sync", "status", "--online"]);
  expect(equal).toMatchObject({ enabled: true, pending: 0, online: { status: "equal", up_to_date: true } });
  const { MoodEntry, Activity } = equal.online.entity_types;
  expect(MoodEntry).toEqual({ here: MoodEntry.here, server: MoodEntry.here, equal: true });
  expect(MoodEntry.here).toMatchObject({ count: 1, checksum: expect.stringMatching(/^[0-9a-f]{16}$/) });
  expect(Activity.here.count).toBe(1);

  const behind = await phone.json(["sync", "status", "--online"]);
  expect(behind.online).toMatchObject({ status: "different", up_to_date: false });
  expect(behind.online.entity_types.Activity).toMatchObject({
    here: { count: 0 },
    server: { count: 1 },
    equal: false,
  });
  const { stdout } = await phone.run(["sync", "status", "--online"]);
  expect(stdout).toMatch(/^moods +1 +1 {3}↑ 1 waits\n(?:.*\n)*activities +0 +1 {3}different$/m);
  expect(stdout).toContain("They differ because changes wait");
});

test("exchanges nothing", async () => {
  const device = await connectedDevice();
  await device.json(["log", "mood", "4"]);
  await device.json(["sync", "status", "--online"]);
  const { online, pending } = await device.json(["sync", "status", "--online"]);
  expect(pending).toBe(1);
  expect(online.entity_types.MoodEntry.server.count).toBe(0);
});

test("says so when both differ although nothing waits", async () => {
  const device = await connectedDevice();
  await device.json(["log", "mood", "4"]);
  await device.json(["sync"]);
  const { openDatabase } = await import("../../src/local/storage/database.ts");
  const db = openDatabase(`${device.home}/moodsync.db`);
  db.exec("update mood_entries set value = 1");
  db.close();
  const { stdout } = await device.run(["sync", "status", "--online"]);
  expect(stdout).toMatch(/^moods +1 +1 {3}different$/m);
  expect(stdout).toContain("moodsync sync verify --repair");
});

test("ends with the exit code of what keeps it from asking", async () => {
  const device = createDevice();
  expect(await device.run(["sync", "status"])).toMatchObject({ code: 0 });
  expect(await device.run(["sync", "status", "--online"])).toMatchObject({ code: 7 });

  const revoked = await connectedDevice();
  revoked.env.MOODSYNC_API_KEY = (await server.newAccount()).apiKey;
  expect(await revoked.run(["sync", "status", "--online"])).toMatchObject({ code: 4 });

  const stopped = await startTestServer(await createTestDatabase());
  const account = await stopped.newAccount();
  const alone = createDevice();
  await alone.run(["sync", "enable", stopped.url, "--key-stdin"], { input: account.apiKey });
  await stopped.close();
  const unreachable = await alone.run(["sync", "status", "--online"]);
  expect(unreachable).toMatchObject({ code: 6 });
  expect(unreachable.stdout).toContain(stopped.url);
});
