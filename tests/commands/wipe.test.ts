import { existsSync, mkdirSync, readdirSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { beforeEach, expect, test } from "vitest";
import { acquireDaemonLock } from "../../src/daemon/daemon-lock.ts";
import { createDevice, type Device } from "../helpers/device/device.ts";
import { temporaryDirectory } from "../helpers/temporary-directory.ts";

let device: Device;

beforeEach(async () => {
  device = createDevice();
  await device.json(["log", "mood", "4", "-n", "before"]);
  await device.json(["config", "set", "color", "never"]);
  writeFileSync(join(device.home, "api-key"), "msk_key", { mode: 0o600 });
  mkdirSync(join(device.home, "state"), { recursive: true });
  writeFileSync(join(device.home, "state", "device-id"), "an id");
});

const left = () => readdirSync(device.home, { recursive: true, encoding: "utf8" }).sort();

test("deletes everything but the backups, one of which is of this moment, and says what remains", async () => {
  const { removed, remains } = await device.json(["wipe", "--confirm", "everything"]);
  expect(removed).toContain(join(device.home, "moodsync.db"));
  expect(left()).toEqual(["backups", expect.stringMatching(/^backups\/.+-before-wipe\.db$/)]);
  expect(remains).toEqual([
    { what: "1 backup, which restore-backup takes", where: join(device.home, "backups") },
    { what: "backups and exports that you wrote", where: "wherever you put them" },
  ]);
  const [backup] = await device.json(["backup", "list"]);
  await device.json(["restore-backup", backup.file, "--yes"]);
  expect(await device.json(["list"])).toMatchObject([{ note: "before" }]);
});

test("with --backups those go, too, and an empty home goes itself", async () => {
  await device.json(["wipe", "--confirm", "everything", "--backups"]);
  expect(existsSync(device.home)).toBe(false);
});

test("what is of others, and what `serve` keeps, stays", async () => {
  mkdirSync(join(device.home, "state", "server", "data"), { recursive: true });
  writeFileSync(join(device.home, "diary.txt"), "mine", { mode: 0o600 });
  writeFileSync(join(device.home, "on-log"), "#!/bin/sh\n", { mode: 0o700 });
  const { remains } = await device.json(["wipe", "--confirm", "everything", "--backups"]);
  expect(left()).toEqual(["diary.txt", "on-log", "state", "state/server", "state/server/data"]);
  expect(remains).toContainEqual({ what: "your hooks (on-log)", where: device.home });
  expect(remains).toContainEqual({
    what: "the data of `moodsync serve`",
    where: join(device.home, "state", "server"),
  });
});

test("on a terminal the word is asked for, and nothing else is taken for it", async () => {
  const refused = await device.run(["wipe"], { terminal: true, input: "yes\r" });
  expect(refused).toMatchObject({ code: 1, stderr: expect.stringContaining("Nothing was deleted.") });
  expect(refused.stderr).toContain("This deletes 1 mood, with all history, the settings and the key, from");
  expect(await device.json(["list"])).toHaveLength(1);
  expect((await device.run(["wipe"], { terminal: true, input: "everything\r" })).code).toBe(0);
  expect(existsSync(join(device.home, "moodsync.db"))).toBe(false);
});

test.each([
  [["wipe"], "This deletes everything on this device."],
  [["wipe", "--confirm", "yes"], "That is not the word; nothing was deleted."],
])("%j without a terminal deletes nothing", async (args, sentence) => {
  const before = left();
  expect(await device.run(args)).toMatchObject({ code: 2, stderr: expect.stringContaining(sentence) });
  expect(left()).toEqual(before);
});

test("while the daemon runs nothing is deleted", async () => {
  const release = acquireDaemonLock(join(device.home, "state"));
  expect(await device.run(["wipe", "--confirm", "everything"])).toMatchObject({
    code: 1,
    stderr: expect.stringContaining("The daemon is running"),
  });
  release?.();
  expect(await device.json(["list"])).toHaveLength(1);
});

test("in an empty home there is nothing to delete, and nothing is made", async () => {
  const fresh = createDevice(join(temporaryDirectory("fresh"), "home"));
  expect((await fresh.run(["wipe", "--confirm", "everything"])).code).toBe(0);
  expect(existsSync(fresh.home)).toBe(false);
});
