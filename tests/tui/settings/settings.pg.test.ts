import { readFileSync } from "node:fs";
import { join } from "node:path";
import { afterAll, afterEach, beforeAll, beforeEach, expect, test } from "vitest";
import { logMoods } from "../../../src/entries/log-mood.ts";
import { listRows } from "../../../src/local/queries/list-rows.ts";
import { readSyncConfig } from "../../../src/local/sync-state/sync-config.ts";
import { acquireSyncLock } from "../../../src/sync/sync-lock.ts";
import { createDevice } from "../../helpers/device/device.ts";
import { startAccount } from "../../helpers/sync/synced-devices.ts";
import { KEYS } from "../../helpers/terminal/test-terminal.ts";
import { createTuiDevice, type OpenApp, type TuiDevice } from "../../helpers/terminal/tui-device.ts";

let server: Awaited<ReturnType<typeof startAccount>>;
let device: TuiDevice;
let apiKey: string;
beforeAll(async () => {
  server = await startAccount();
});
afterAll(() => server.close());
beforeEach(async () => {
  ({ apiKey } = await server.newAccount());
  device = createTuiDevice();
  device.nowAtMs = Date.now();
});
afterEach(() => device.remove());

function log(count: number): void {
  const moods = Array.from({ length: count }, () => ({ value: 3 }));
  logMoods({ db: device.db, nowMs: device.nowAtMs, zone: () => 0 }, moods);
}

async function connect(): Promise<OpenApp> {
  const app = device.open("settings");
  await app.waitFor("▌Server");
  await app.type(KEYS.enter, server.url, KEYS.enter, KEYS.enter);
  await app.paste(apiKey);
  await app.type(KEYS.enter, KEYS.enter, KEYS.clearLine, "kitchen", KEYS.enter);
  await app.waitFor("▌Plain http");
  await app.type(KEYS.down, KEYS.enter);
  await app.waitFor('this device is "kitchen"');
  return app;
}

test("connects, syncs, shows the counts of both, and disconnects without losing anything", async () => {
  log(3);
  const app = await connect();
  await app.type("s");
  await app.waitFor("Synced: 3 uploaded, 0 downloaded.");
  await app.type(KEYS.left, "t");
  await app.waitFor("The server answers and accepts the key.");
  expect(app.line("On the server")).toContain("as many of each");
  expect(app.line("Pending")).toContain("0 changes");
  await app.type(KEYS.right);
  await app.waitFor("Turn sync off");
  await app.type(KEYS.end, KEYS.enter);
  await app.waitFor("All data stays on this device and on the server.");
  await app.type("n");
  expect(readSyncConfig(device.db)?.enabled).toBe(true);
  await app.type(KEYS.enter, "y");
  await app.waitFor("Sync is off and the key is forgotten.");
  expect(device.keys.place()).toBeNull();
  expect(listRows(device.db, "MoodEntry")).toHaveLength(3);
});

test("shows how far a sync is, turns pages meanwhile, and can be left in the middle of it", async () => {
  log(6_000);
  const app = await connect();
  await app.type("s");
  await app.waitFor(/Uploading +━+─+ {2}\d,000 of 6,000/);
  await app.type(KEYS.right);
  await app.waitFor("▌appearance");
  await app.type("q");
  expect(await app.ended).toBe("quit");
  const { code } = await createDevice(device.directory).run(["sync"]);
  expect(code).toBe(0);
  const { stdout } = await createDevice(device.directory).run(["sync", "status", "--online", "--json"]);
  expect(JSON.parse(stdout)).toMatchObject({
    pending: 0,
    last_failure_at: null,
    online: { status: "equal" },
  });
});

test("leaves a sync to the process that runs one already", async () => {
  const app = await connect();
  const release = acquireSyncLock(device.home.stateDir)!;
  await app.type("s");
  await app.waitFor("Another sync is already running on this device, and does the work.");
  release();
  await app.type("s");
  await app.waitFor("Synced: 0 uploaded, 0 downloaded.");
});

test("lets a sync go on that stopped before deleting more than half of the entries, after asking", async () => {
  log(41);
  const app = await connect();
  await app.type("s");
  await app.waitFor("Synced: 41 uploaded");
  await app.type("q");
  await app.ended;
  const other = createTuiDevice();
  other.nowAtMs = Date.now();
  const laptop = createDevice(other.directory);
  laptop.nowMs = Date.now();
  await laptop.run(["sync", "enable", server.url, "--key-stdin"], { input: apiKey });
  await laptop.run(["sync"]);
  await laptop.run(["delete", ...listRows(other.db, "MoodEntry").map(({ id }) => id), "--yes"]);
  await laptop.run(["sync"]);

  const again = device.open("settings");
  await again.waitFor("Device id");
  await again.type(KEYS.right);
  await again.waitFor("Turn sync off");
  expect(again.screen.text()).not.toContain("Accept deletion");
  await again.type("s");
  await again.waitFor("it was stopped and deleted none. If they were deleted on purpose, Accept deletion");
  await again.type(KEYS.end, KEYS.up, KEYS.up, KEYS.enter);
  await again.waitFor("That is more than half of the entries.");
  await again.type("n");
  expect(listRows(device.db, "MoodEntry")).toHaveLength(41);
  await again.type(KEYS.enter, "y");
  await again.waitFor("Synced: 0 uploaded, 41 downloaded.");
  expect(listRows(device.db, "MoodEntry")).toEqual([]);
  expect(again.screen.text()).not.toContain("Accept deletion");
  await other.remove();
});

test("shows what a sync of another process changes", async () => {
  const app = await connect();
  await app.type(KEYS.left);
  const other = createDevice(device.directory);
  other.nowMs = Date.now();
  await other.run(["log", "mood", "2"]);
  await other.run(["log", "mood", "4"]);
  await app.waitFor(/Pending +2 changes/);
  expect((await other.run(["sync"])).code).toBe(0);
  await app.waitFor(/Pending +0 changes/);
});

test("asks before it joins the data with another account", async () => {
  const first = await connect();
  await first.type("q");
  await first.ended;
  apiKey = (await server.newAccount()).apiKey;
  const app = device.open("settings");
  await app.waitFor("Device id");
  await app.type(KEYS.right, KEYS.down, KEYS.enter);
  await app.paste(apiKey);
  await app.type(KEYS.enter, KEYS.down, KEYS.down, KEYS.enter);
  await app.waitFor("Join this device's data with that account?");
  await app.type("y");
  await app.waitFor("Sync is on");
});

test("renames a device and revokes a key, after asking", async () => {
  const phone = createDevice();
  phone.nowMs = Date.now();
  await phone.run(["sync", "enable", server.url, "--key-stdin", "--label", "phone"], { input: apiKey });
  const app = await connect();
  await app.type(KEYS.right, KEYS.right);
  await app.waitFor("▌phone");
  expect(app.line("kitchen")).toContain("this device");
  await app.type(KEYS.enter, KEYS.clearLine, KEYS.enter);
  await app.waitFor("The device's label must not be empty.");
  await app.type("old phone", KEYS.enter);
  await app.waitFor('The device is now called "old phone".');
  expect(app.line("▌")).toContain("old phone");

  await app.type(KEYS.right);
  await app.waitFor("this device's");
  await app.type("x");
  await app.waitFor("Sync stops here until you give it another one.");
  await app.type(KEYS.enter);
  await app.type("x", "y");
  await app.waitFor("The key is revoked.");
  await app.type("s");
  await app.waitFor("it is wrong or was revoked");
});

test("seals the account once the new key was written down, shows it again, changes it, and unseals", async () => {
  log(3);
  const app = await connect();
  expect(app.line("Sealing")).toContain("off: the server reads everything");
  await app.type(KEYS.end, KEYS.up, KEYS.enter);
  await app.waitFor("▌Seal this account");
  await app.type(KEYS.enter);
  await app.waitFor("Write it down");
  expect(await device.sealingKeys.readAll()).toEqual([]);
  await app.type("WRONG", KEYS.enter);
  await app.waitFor("Those are not its last five characters.");
  expect(readSyncConfig(device.db)?.sealedGeneration).toBeNull();

  await app.type(
    ...Array.from("WRONG", () => KEYS.backspace),
    shownKey(app).slice(-5).toLowerCase(),
    KEYS.enter,
  );
  await app.waitFor("The account is sealed. Backups of the server made before today can still be read.");
  expect(readSyncConfig(device.db)).toMatchObject({ sealedGeneration: 1, founding: "none" });
  await app.waitFor("Sealing is on, generation 1.");

  await app.type(KEYS.home, KEYS.enter, "y");
  await app.waitFor("This is the sealing key of the account.");
  const first = shownKey(app);
  await app.type("x");
  await app.waitFor("▌Show the key");
  expect(app.screen.text()).not.toContain(first);

  await app.type(KEYS.down, KEYS.enter, "y");
  await app.waitFor("Write it down");
  expect(shownKey(app)).not.toBe(first);
  await app.type(shownKey(app).slice(-5), KEYS.enter);
  await app.waitFor("The key is changed.");

  await app.type(KEYS.down, KEYS.enter);
  await app.waitFor("Type unseal to go on");
  await app.type("no", KEYS.enter);
  await app.waitFor("The account stays sealed.");
  await app.type(KEYS.enter, "unseal", KEYS.enter);
  await app.waitFor("The account is plain now.");
  expect(readSyncConfig(device.db)?.sealedGeneration).toBeNull();
  await app.waitFor("Sealing is off: the server reads everything.");
});

test("asks for the key of an account that it finds sealed, and tells when it was mistyped", async () => {
  const other = createDevice();
  other.nowMs = Date.now();
  const keyFile = join(other.home, "out.key");
  const enable = ["sync", "enable", server.url, "--key-stdin", "--sealed", "--sealing-key-out", keyFile];
  expect((await other.run(enable, { input: apiKey })).code).toBe(0);

  const app = device.open("settings");
  await app.waitFor("▌Server");
  expect(app.screen.text()).not.toContain("Sealing");
  await app.type(KEYS.enter, server.url, KEYS.enter, KEYS.enter);
  await app.paste(apiKey);
  await app.type(KEYS.enter, KEYS.down, KEYS.down, KEYS.enter);
  await app.waitFor("This account is sealed, and there is no sealing key on this device.");
  expect(app.line("Sealing key")).toContain("another device shows it");
  expect(readSyncConfig(device.db)?.enabled ?? false).toBe(false);
  await app.type(KEYS.home, KEYS.down, KEYS.down, KEYS.enter);
  await app.paste("SEAL1-AAAAA");
  expect(app.screen.text()).not.toContain("AAAAA");
  await app.type(KEYS.enter);
  await app.waitFor("That is no sealing key, or it was mistyped");
  await app.type(KEYS.enter, KEYS.clearLine);
  await app.paste(readFileSync(keyFile, "utf8"));
  await app.type(KEYS.enter, KEYS.down, KEYS.down, KEYS.enter);
  await app.waitFor("Sync is on");
  expect(app.line("Sealing ")).toContain("on, generation 1");
  await app.type("s");
  await app.waitFor("Synced: 0 uploaded, 0 downloaded.");
  await app.type("1");
  await app.waitFor("Sealing key");
  expect(app.line("Sealing key")).toContain("never shown");
  await app.type("t");
  await app.waitFor("The server answers and accepts the key.");
  expect(app.line("On the server")).toContain("the same, compared");
});

function shownKey(app: OpenApp): string {
  return /SEAL1(-\w{5}){6}/.exec(app.screen.text())![0];
}
