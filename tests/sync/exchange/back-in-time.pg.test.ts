import { cpSync, mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, describe, expect, test } from "vitest";
import { hashSecret } from "../../../server/api-key-secret.ts";
import { insertApiKey } from "../../../server/db/api-keys.ts";
import { insertUser } from "../../../server/db/users.ts";
import { parseApiKey } from "../../../src/domain/protocol/api-key.ts";
import { createDevice, type Device } from "../../helpers/device/device.ts";
import { copyTestDatabase, createTestDatabase } from "../../helpers/postgres/postgres.ts";
import { startTestServer, type TestServer } from "../../helpers/server/http-server.ts";
import { connectDevice, entitiesOf, sync } from "../../helpers/sync/synced-devices.ts";
import { temporaryDirectory } from "../../helpers/temporary-directory.ts";

const NOTICE = expect.stringContaining("it was restored or replaced");
let databaseUrl: string;
let server: TestServer;
let apiKey: string;
let a: Device;
let b: Device;

beforeEach(async () => {
  databaseUrl = await createTestDatabase();
  server = await startTestServer(databaseUrl);
  ({ apiKey } = await server.newAccount());
  a = await connectDevice({ url: server.url, apiKey }, "laptop");
  b = await connectDevice({ url: server.url, apiKey }, "phone");
  await a.json(["log", "mood", "1", "-n", "before the backup"]);
  await syncAll();
});
afterEach(() => server.close());

/** Everybody twice, with clocks that go on. */
async function syncAll(): Promise<string[]> {
  const notices: string[] = [];
  for (const device of [a, b, a, b]) {
    device.nowMs = Date.now();
    const outcome = await device.json(["sync"]);
    expect(outcome).toMatchObject({ status: "ok", pending: 0 });
    notices.push(...outcome.notices);
  }
  expect(await entitiesOf(a)).toEqual(await entitiesOf(b));
  return notices;
}

async function notes(device: Device): Promise<string[]> {
  const moods = (await entitiesOf(device)).mood_entries as unknown as { note: string }[];
  return moods.map(({ note }) => note).sort();
}

/** Ends the server and starts one at the same address on another database. */
async function replaceServer(otherDatabaseUrl: string): Promise<void> {
  const port = Number(new URL(server.url).port);
  await server.close();
  server = await startTestServer(otherDatabaseUrl, { port });
}

/** The server as it is now, to be restored later. */
async function backUpServer(): Promise<string> {
  const port = Number(new URL(server.url).port);
  await server.close();
  const copy = await copyTestDatabase(databaseUrl);
  server = await startTestServer(databaseUrl, { port });
  return copy;
}

describe("a server restored from a backup gets back what it lost", () => {
  test("when nothing new was uploaded to it since", async () => {
    const backup = await backUpServer();
    await a.json(["log", "mood", "2", "-n", "after the backup"]);
    await syncAll();
    await replaceServer(backup);
    expect(await syncAll()).toContainEqual(NOTICE);
    expect(await notes(b)).toEqual(["after the backup", "before the backup"]);
  });

  test("when another device has uploaded to it since", async () => {
    const backup = await backUpServer();
    await a.json(["log", "mood", "2", "-n", "after the backup"]);
    await sync(a);
    await replaceServer(backup);
    await b.json(["log", "mood", "3", "-n", "to the restored server"]);
    b.nowMs = Date.now();
    await sync(b);
    expect(await syncAll()).toContainEqual(NOTICE);
    expect(await notes(b)).toEqual(["after the backup", "before the backup", "to the restored server"]);
  });

  test("and a deletion that it forgot stays one", async () => {
    const backup = await backUpServer();
    const [mood] = (await entitiesOf(a)).mood_entries!;
    await a.run(["delete", mood!.id, "--yes"]);
    await syncAll();
    await replaceServer(backup);
    await syncAll();
    expect(await notes(a)).toEqual([]);
  });
});

test("a server replaced by an empty one that took over the key is filled again", async () => {
  await replaceServer(await createTestDatabase());
  const key = parseApiKey(apiKey)!;
  await insertUser(server.db, key.userId);
  await insertApiKey(server.db, {
    userId: key.userId,
    id: key.userId,
    secretHash: hashSecret(key),
    label: null,
  });
  await b.json(["log", "mood", "3", "-n", "meanwhile"]);
  expect(await syncAll()).toContainEqual(NOTICE);
  expect(await notes(a)).toEqual(["before the backup", "meanwhile"]);
});

/** A copy of everything that a device holds. */
function copyHome(device: Device): string {
  const copy = mkdtempSync(join(tmpdir(), "moodsync-copy-"));
  cpSync(device.home, copy, { recursive: true });
  return copy;
}

test("a device whose database was restored from a backup catches up, and says so", async () => {
  const backup = copyHome(a);
  await a.json(["log", "mood", "2", "-n", "after the backup"]);
  expect(await syncAll()).toEqual([]);
  for (const suffix of ["-wal", "-shm"]) rmSync(`${a.home}/moodsync.db${suffix}`, { force: true });
  cpSync(join(backup, "moodsync.db"), join(a.home, "moodsync.db"));
  rmSync(backup, { recursive: true });
  await a.json(["log", "mood", "3", "-n", "on the restored device"]);
  expect(await syncAll()).toEqual([expect.stringContaining("it was restored from a backup")]);
  expect(await notes(a)).toEqual(["after the backup", "before the backup", "on the restored device"]);
});

test("a device on which a backup was restored catches up, whatever it held that was not synced", async () => {
  const file = join(temporaryDirectory("backup"), "moods.db");
  await a.json(["log", "mood", "5", "-n", "not synced in the backup"]);
  await a.json(["backup", file]);
  await a.json(["log", "mood", "2", "-n", "after the backup"]);
  expect(await syncAll()).toEqual([]);
  await b.json(["edit", (await entitiesOf(b)).mood_entries![0]!.id, "--value", "3"]);
  await syncAll();
  await a.json(["log", "mood", "2", "-n", "not synced after it"]);
  expect(await a.json(["restore-backup", file, "--yes"])).toMatchObject({ sync: "as before" });
  await a.json(["log", "mood", "3", "-n", "on the restored device"]);
  expect(await syncAll()).toEqual([expect.stringContaining("it was restored from a backup")]);
  expect(await notes(a)).toEqual([
    "after the backup",
    "before the backup",
    "not synced in the backup",
    "on the restored device",
  ]);
});

test("a backup of another account is not mixed with this one", async () => {
  const file = join(temporaryDirectory("backup"), "moods.db");
  await a.json(["backup", file]);
  const { apiKey: other } = await server.newAccount();
  const c = await connectDevice({ url: server.url, apiKey: other });
  await c.json(["sync"]);
  expect(await c.json(["restore-backup", file, "--yes"])).toMatchObject({ sync: "off" });
  expect(await notes(c)).toEqual(["before the backup"]);
  expect((await c.run(["sync"])).code).toBe(7);
  expect(await c.run(["sync", "enable", server.url, "--key-stdin"], { input: other })).toMatchObject({
    code: 4,
  });
});

test("a backup from before sync was set up goes to the account", async () => {
  const file = join(temporaryDirectory("backup"), "moods.db");
  const fresh = createDevice();
  fresh.nowMs = Date.now();
  await fresh.json(["log", "mood", "5", "-n", "from before"]);
  await fresh.json(["backup", file]);
  await a.json(["restore-backup", file, "--yes"]);
  expect(await syncAll()).toHaveLength(1);
  expect(await notes(b)).toEqual(["before the backup", "from before"]);
});

test("a database copied to a second machine takes a new device id, and both go on", async () => {
  const copy = copyHome(a);
  rmSync(join(copy, "state"), { recursive: true });
  const c = createDevice(copy);
  c.nowMs = Date.now();
  await c.json(["log", "mood", "3", "-n", "on the copy"]);
  await a.json(["log", "mood", "4", "-n", "on the original"]);
  expect((await c.json(["sync"])).notices).toEqual([
    "The database here was copied from another device, so this device has a new id now.",
  ]);
  await syncAll();
  await sync(c);
  expect(await entitiesOf(c)).toEqual(await entitiesOf(a));
  const id = async (device: Device) => (await device.json(["sync", "status"])).device_id;
  expect(await id(c)).not.toBe(await id(a));
});

test("a key of another account is refused before anything is sent, wherever it comes from", async () => {
  const other = (await server.newAccount()).apiKey;
  await a.json(["log", "mood", "2"]);
  const before = server.logText();
  a.env.MOODSYNC_API_KEY = other;
  expect(await a.run(["sync"])).toMatchObject({
    code: 4,
    stderr: expect.stringContaining("another account"),
  });
  delete a.env.MOODSYNC_API_KEY;
  const enable = ["sync", "enable", server.url, "--key-stdin"];
  expect(await a.run(enable, { input: other })).toMatchObject({ code: 4 });
  await a.run(["sync", "disable"]);
  expect(await a.run(enable, { input: other })).toMatchObject({ code: 4 });
  expect(server.logText()).toBe(before);

  expect(await a.run([...enable, "--merge-into-this-account"], { input: other })).toMatchObject({ code: 0 });
  expect(await sync(a)).toMatchObject({ uploaded: 2, pending: 0 });
});
