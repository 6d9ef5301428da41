import { copyFileSync, rmSync } from "node:fs";
import { join } from "node:path";
import { afterEach, beforeAll, beforeEach, expect, test } from "vitest";
import {
  type InstalledServer,
  newDevice,
  startInstalledServer,
} from "../helpers/program/installed-devices.ts";
import type { ProgramDevice } from "../helpers/program/program-device.ts";
import { type LosingProxy, startLosingProxy } from "../helpers/sync/losing-proxy.ts";

const BEFORE = "written before the sealing";

let server: InstalledServer;
let proxy: LosingProxy;
let account: { url: string; apiKey: string };
/** Sealed the account; `backup` is a copy of its database from before that. */
let device: ProgramDevice;
let backup: string;

beforeAll(async () => {
  server = await startInstalledServer();
});
beforeEach(async () => {
  proxy = await startLosingProxy(server.url);
  account = { url: proxy.url, apiKey: (await server.addAccount()).apiKey };
  device = newDevice();
  await connect(device);
  await device.json(["log", "mood", "2", "-n", BEFORE]);
  backup = join(device.home, "backup.db");
  await device.ok(["backup", backup]);
  await device.ok(["sync", "seal", "--sealing-key-out", keyFile()]);
  await device.json(["log", "mood", "4"]);
  await device.json(["sync"]);
});
afterEach(() => proxy.close());

const keyFile = () => join(device.home, "out.key");

async function connect(of: ProgramDevice, ...more: string[]): Promise<void> {
  await of.ok(["sync", "enable", account.url, "--key-stdin", ...more], { input: account.apiKey });
}

/** What is sent while something is done. */
async function sentWhile(work: () => Promise<unknown>): Promise<string> {
  const before = proxy.sent().length;
  await work();
  return proxy.sent().slice(before);
}

function removeDatabase(): void {
  for (const end of ["", "-wal", "-shm"]) rmSync(join(device.home, `moodsync.db${end}`), { force: true });
}

function copyBack(): void {
  removeDatabase();
  copyFileSync(backup, join(device.home, "moodsync.db"));
}

test.each<[string, () => unknown]>([
  ["by restore-backup", () => device.ok(["restore-backup", backup, "--yes"])],
  [
    "by restore-backup where no database is",
    () => {
      removeDatabase();
      return device.ok(["restore-backup", backup, "--yes"]);
    },
  ],
  ["by somebody who copies the file", copyBack],
])("a database that is put back to before the sealing %s sends nothing readable", async (_how, putBack) => {
  await putBack();
  expect((await device.json(["sync", "status"])).sealed).toMatchObject({ generation: 1 });
  const sent = await sentWhile(() => device.json(["sync"]));
  expect(sent).toContain("POST /v1/sealed/upload");
  expect(sent).not.toContain("/v1/sync/");
  expect(sent).not.toContain(BEFORE);
  expect(await device.moodIds()).toHaveProperty("size", 2);
  expect((await device.json(["sync", "verify"])).status).toBe("equal");
});

test("put back so, it follows an unsealing only when a person says so, and is plain then", async () => {
  const other = newDevice();
  await connect(other, "--sealing-key-file", keyFile());
  await other.json(["sync"]);
  await other.ok(["sync", "unseal", "--yes"]);
  copyBack();
  const sent = await sentWhile(async () => {
    expect(await device.run(["sync"])).toMatchObject({
      code: 4,
      stderr: expect.stringContaining("no longer sealed, says the server. Nothing was sent."),
    });
  });
  expect(sent).not.toContain(BEFORE);
  await device.ok(["sync", "unseal", "--yes"]);
  copyBack();
  expect((await device.json(["sync", "status"])).sealed).toBeNull();
  await device.json(["sync"]);
  expect(await device.moodIds()).toEqual(await other.moodIds());
});

test("a device that was off while its account was unsealed is connected again when a person accepts that", async () => {
  const other = newDevice();
  await connect(other, "--sealing-key-file", keyFile());
  await other.json(["sync"]);
  await device.ok(["sync", "disable"]);
  await other.ok(["sync", "unseal", "--yes"]);
  const enable = ["sync", "enable", account.url, "--key-stdin"];
  expect(await device.run(enable, { input: account.apiKey })).toMatchObject({
    code: 4,
    stderr: expect.stringContaining("`--plain` accepts it"),
  });
  await connect(device, "--plain");
  await device.json(["sync"]);
  expect(await device.moodIds()).toEqual(await other.moodIds());
});
