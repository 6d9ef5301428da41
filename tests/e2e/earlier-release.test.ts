import { execFileSync } from "node:child_process";
import { symlinkSync } from "node:fs";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { beforeAll, beforeEach, expect, test } from "vitest";
import { openSqlite } from "../../src/files/open-sqlite.ts";
import { packageRoot } from "../../src/package-root.ts";
import {
  connectedDevice,
  type InstalledServer,
  newDevice,
  startInstalledServer,
} from "../helpers/program/installed-devices.ts";
import { moodsyncBin } from "../helpers/program/moodsync.ts";
import { enableSync, type ProgramDevice, programDevice } from "../helpers/program/program-device.ts";
import { temporaryDirectory } from "../helpers/temporary-directory.ts";

const RELEASE = fileURLToPath(new URL("../fixtures/releases/before-sealing.tgz", import.meta.url));
const FAILS_CLEARLY = {
  code: 1,
  stdout: "",
  stderr:
    "The server could not read what this version of moodsync sends.\nUpdate moodsync here and on the server.\n",
};

let server: InstalledServer;
let account: { url: string; apiKey: string };
/** The starting script of the earlier release. */
let earlierBin: string;

beforeAll(async () => {
  server = await startInstalledServer();
  const release = temporaryDirectory("release");
  execFileSync("tar", ["xzf", RELEASE, "-C", release]);
  symlinkSync(join(packageRoot(), "node_modules"), join(release, "node_modules"));
  earlierBin = join(release, "bin", "moodsync.js");
});
beforeEach(async () => {
  account = { url: server.url, apiKey: (await server.addAccount()).apiKey };
});

/** Every row of its database, but for the search index, and what it notes of each attempt: that there was one, what it sent,
 *  and how far its clock is off. */
function contentOf({ home }: ProgramDevice): Record<string, unknown[]> {
  const db = openSqlite(join(home, "moodsync.db"), { readonly: true });
  try {
    const names = db.prepare("select name from sqlite_schema where type = 'table'").pluck().all() as string[];
    const tables = names.filter((name) => !/^(sync_runs|sent_versions)$|^(sqlite_|mood_search)/.test(name));
    expect(tables).toContain("mood_entries");
    const rows = tables.map((name) => [name, db.prepare(`select * from "${name}"`).all()] as const);
    const content: Record<string, unknown[]> = Object.fromEntries(rows);
    content.sync_config = content.sync_config!.map((row) => ({ ...(row as object), clock_skew_ms: null }));
    return content;
  } finally {
    db.close();
  }
}

test("in a fleet of three the one of an earlier release fails clearly, keeps everything, and syncs once it is upgraded", async () => {
  const [laptop, desktop] = [await connectedDevice(account), await connectedDevice(account)];
  const phone = programDevice(earlierBin, newDevice().home);
  await enableSync(phone, account, "phone");
  await phone.ok(["log", "mood", "4", "-a", "run", "--create"]);
  for (const device of [phone, laptop, desktop]) await device.ok(["sync"]);
  const keyFile = join(laptop.home, "out.key");
  await laptop.ok(["sync", "seal", "--sealing-key-out", keyFile]);
  await desktop.ok(["sync", "key", "enter", "--sealing-key-file", keyFile]);
  await desktop.ok(["log", "mood", "2"]);
  await desktop.ok(["sync"]);

  await phone.ok(["log", "mood", "1", "-n", "not sent yet"]);
  const before = contentOf(phone);
  for (let attempt = 0; attempt < 2; attempt++) {
    expect(await phone.run(["sync"])).toMatchObject(FAILS_CLEARLY);
    expect(contentOf(phone)).toEqual(before);
  }

  const upgraded = programDevice(moodsyncBin(), phone.home);
  expect(await upgraded.run(["sync"])).toMatchObject({
    code: 4,
    stderr: expect.stringContaining("This account is sealed, and there is no sealing key on this device."),
  });
  await upgraded.ok(["sync", "key", "enter", "--sealing-key-file", keyFile]);
  for (const device of [upgraded, laptop, desktop]) await device.ok(["sync"]);
  const moods = await upgraded.moodIds();
  expect(moods.size).toBe(3);
  for (const device of [laptop, desktop]) expect(await device.moodIds()).toEqual(moods);
  expect((await upgraded.json(["sync", "verify"])).status).toBe("equal");
});

test("an earlier release is not connected with a sealed account, and stores nothing of it", async () => {
  const laptop = newDevice();
  const enable = ["sync", "enable", account.url, "--key-stdin"];
  const sealed = ["--sealed", "--sealing-key-out", join(laptop.home, "out.key")];
  await laptop.ok([...enable, ...sealed], { input: account.apiKey });
  const phone = programDevice(earlierBin, newDevice().home);
  await phone.ok(["log", "mood", "3"]);
  const before = await phone.ok(["export"]);
  expect(await phone.run(enable, { input: account.apiKey })).toMatchObject(FAILS_CLEARLY);
  expect(await phone.json(["sync", "status"])).toMatchObject({ enabled: false, endpoint_url: null });
  expect(JSON.parse(await phone.ok(["export"])).entities).toEqual(JSON.parse(before).entities);
});
