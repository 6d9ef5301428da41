import { chmodSync, existsSync, mkdirSync, readdirSync, rmSync, truncateSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { beforeEach, expect, test } from "vitest";
import { freeSpace, place } from "../../src/doctor/examine-files.ts";
import { examineSupportLines } from "../../src/doctor/support-lines.ts";
import { DAY_MS } from "../../src/domain/time/durations.ts";
import { openSqlite } from "../../src/files/open-sqlite.ts";
import { packageVersion } from "../../src/package-root.ts";
import { createDevice, type Device } from "../helpers/device/device.ts";
import { temporaryDirectory } from "../helpers/temporary-directory.ts";

interface Shown {
  name: string;
  status: string;
  text: string;
  fix: string | null;
}

let device: Device;

beforeEach(async () => {
  device = createDevice();
  await device.json(["log", "mood", "4", "-a", "secret label", "--create", "-n", "secret note"]);
  await device.json(["schedule", "add", "PHQ-9", "biweekly"]);
  await device.json(["backup", join(temporaryDirectory("backup"), "moods.db")]);
});

/** The problems that are found; whatever they are, the rest of the answer must agree with them. */
async function problems(): Promise<string[]> {
  const { code, stdout } = await device.run(["doctor", "--json"]);
  const found = JSON.parse(stdout);
  const wrong = found.findings.filter(({ status }: Shown) => status === "problem");
  expect([code, found.problems]).toEqual([wrong.length > 0 ? 1 : 0, wrong.length]);
  expect(wrong.filter(({ fix }: Shown) => !fix)).toEqual([]);
  expect(stdout).not.toContain("secret");
  return wrong.map(({ name, text }: Shown) => `${name}: ${text}`);
}

function sql(text: string): void {
  const db = openSqlite(join(device.home, "moodsync.db"));
  db.pragma("foreign_keys = off");
  db.exec(text);
  db.close();
}

const DEVICE_ID = "5b0f8a4c-1e7d-4b7a-9a55-3c1d2e4f6a70";
const ACCOUNT_ID = "8c1f0b6e-2d3a-4c5b-9e7f-6a5b4c3d2e1f";

function connect(): void {
  sql(`insert into sync_config (only_row, device_id, endpoint_url, account_id, enabled, clock_skew_ms)
    values (1, '${DEVICE_ID}', 'https://mood.example.org', '${ACCOUNT_ID}', 1, 0)`);
  writeFileSync(join(device.home, "state", "device-id"), `${DEVICE_ID}\n`, { mode: 0o600 });
}

test("finds nothing in an installation that is as it should be, and says what it looked at", async () => {
  expect(await problems()).toEqual([]);
  const { stdout } = await device.run(["doctor"]);
  expect(stdout).toMatch(
    /^moodsync \d.+ · Node \d.+ · \w+\n\n✓ {3}database +integrity ok, schema \d+, \d+ rows?, 0\.\d MB\n/,
  );
  expect(stdout).toContain("✓   permissions    only you can read the files\n");
  expect(stdout).toContain("✓   backup         Sun 22 Nov, verified, 0 kept here\n");
  expect(stdout).toContain("·   server         not asked; --online asks\n");
  expect(stdout).toMatch(
    /\n\nNothing to look at\. No entry, note or score is named here: it can be pasted\.\n$/,
  );
});

test("with a problem it ends with 1 and says below what to do", async () => {
  const file = join(device.home, "moodsync.db");
  chmodSync(file, 0o644);
  const { code, stdout } = await device.run(["doctor"]);
  expect(code).toBe(1);
  expect(stdout).toContain(
    ` !  permissions    other users can read ${file} (0644)\n                   chmod go= ${file}\n`,
  );
  expect(stdout).toContain("1 thing to look at.");
});

test("in an empty home it makes nothing", async () => {
  const fresh = createDevice(join(temporaryDirectory("fresh"), "home"));
  const { code, stdout } = await fresh.run(["doctor"]);
  expect([code, existsSync(fresh.home)]).toEqual([0, false]);
  expect(stdout).toContain("·   database       there is none yet");
});

test("finds what others can write", async () => {
  mkdirSync(join(device.home, "cache"), { recursive: true });
  chmodSync(join(device.home, "cache"), 0o777);
  expect(await problems()).toEqual([expect.stringContaining("can be written by other users")]);
});

test.each([
  ["cut", (file: string) => truncateSync(file, 20_000), "is damaged"],
  ["empty", (file: string) => truncateSync(file, 0), "is empty"],
  [
    "of another program",
    (file: string) => writeFileSync(file, "x".repeat(9999)),
    "is not a moodsync database",
  ],
])("finds a database that is %s", async (_name, spoil, text) => {
  spoil(join(device.home, "moodsync.db"));
  expect(await problems()).toEqual([expect.stringContaining(text)]);
});

test("finds entries that do not hold what their checksum says", async () => {
  sql("update mood_entries set value = 1");
  expect(await problems()).toEqual([expect.stringContaining("1 entry does not hold what the checksum")]);
});

test("finds a home on a network file system or in a folder that is copied elsewhere", () => {
  const found = (directory: string, fileSystem: number | null) =>
    place(directory, fileSystem).map(({ text }) => text);
  expect(found("/home/ann/.local/share/moodsync", 0xef53)).toEqual([]);
  expect(found("/home/ann/.local/share/moodsync", null)).toEqual([]);
  expect(found("/home/ann/.local/share/moodsync", 0x6969)).toEqual([expect.stringContaining("(NFS)")]);
  expect(found("/mnt/moodsync", 0xfe534d42)).toEqual([expect.stringContaining("(SMB)")]);
  for (const folder of [
    "Dropbox",
    "Dropbox (Personal)",
    "OneDrive - Work",
    "Nextcloud",
    "Library/Mobile Documents",
  ]) {
    expect(found(`/home/ann/${folder}/moodsync`, 0xef53)).toHaveLength(1);
  }
});

test("finds a home below a folder of Syncthing", async () => {
  mkdirSync(join(device.home, ".stfolder"));
  expect(await problems()).toEqual([expect.stringContaining("a program copies to other machines")]);
});

test("finds a disk that is nearly full", () => {
  expect(freeSpace(99_000_000)).toMatchObject([
    { status: "problem", text: expect.stringContaining("99 MB are free") },
  ]);
  expect([...freeSpace(100_000_000), ...freeSpace(null)]).toEqual([]);
});

test("finds a copied database", async () => {
  connect();
  expect((await problems()).filter((text) => text.startsWith("device"))).toEqual([]);
  rmSync(join(device.home, "state", "device-id"));
  expect(await problems()).toContainEqual(expect.stringContaining("copied from another device"));
});

test("finds lock files that are none, and a daemon that ended without saying so", async () => {
  const state = join(device.home, "state");
  mkdirSync(state, { recursive: true, mode: 0o700 });
  writeFileSync(join(state, "sync.lock"), "pid 4711".repeat(200), { mode: 0o600 });
  writeFileSync(join(state, "daemon.json"), '{"pid": 4711}', { mode: 0o600 });
  expect(await problems()).toEqual([
    expect.stringContaining("sync.lock is no lock"),
    expect.stringContaining("the daemon ended without saying so"),
  ]);
});

test("finds a cache that cannot be written", async () => {
  rmSync(join(device.home, "cache"), { recursive: true, force: true });
  writeFileSync(join(device.home, "cache"), "", { mode: 0o600 });
  expect(await problems()).toEqual([expect.stringContaining("cache cannot be written")]);
});

test("finds a key that is missing or cannot be read", async () => {
  connect();
  expect(await problems()).toEqual(["key: there is no API key on this device"]);
  writeFileSync(join(device.home, "api-key"), "msk_broken", { mode: 0o600 });
  expect(await problems()).toEqual([expect.stringMatching(/^key: (?!there is no)/)]);
});

test("finds schedules whose days drifted", async () => {
  const schedule = (values: string) => sql(`update schedules set ${values}`);
  const at = (iso: string) => Date.parse(iso);
  schedule(`anchor_at = ${at("2024-01-31T12:00:00Z")}, next_due_at = ${at("2026-12-02T12:00:00Z")}`);
  const drifts = async () => (await problems()).filter((text) => text.startsWith("schedule"));
  expect(await drifts()).toEqual(["schedule: PHQ-9 counts from Wed 31 Jan 2024, before the first entry"]);
  schedule(`anchor_at = ${at("2026-11-22T12:00:00Z")}, next_due_at = ${at("2026-12-01T12:00:00Z")}`);
  expect(await drifts()).toEqual(["schedule: PHQ-9 is due on Tue 1 Dec, which is not one of its days"]);
  schedule("next_due_at = null, next_due_at_offset = null");
  expect(await drifts()).toEqual(["schedule: PHQ-9 is on and has no due date"]);
  schedule("enabled = 0");
  expect(await drifts()).toEqual([]);
});

test("does not name a schedule that is not of a known assessment", async () => {
  await device.json(["schedule", "add", "secret form", "weekly"]);
  sql(
    "update schedules set next_due_at = null, next_due_at_offset = null where assessment_type = 'secret form'",
  );
  expect(await problems()).toContainEqual("schedule: a schedule is on and has no due date");
});

test("finds a clock that is off, by the last sync or by what is here", async () => {
  connect();
  sql("update sync_config set clock_skew_ms = -180000");
  expect(await problems()).toContainEqual(
    "clock: at the last sync: This device's clock is 3 minutes behind the server's.",
  );
  sql("update sync_config set clock_skew_ms = 0");
  device.nowMs -= 2 * DAY_MS;
  expect(await problems()).toContainEqual(expect.stringContaining("it is before the last change here"));
});

test("finds support lines that nobody has looked at for a year", () => {
  const reviewed = Date.parse("2026-11-22");
  const words = () => "22 Nov 2026";
  expect(examineSupportLines(reviewed + 3 * DAY_MS, words)).toMatchObject({
    status: "note",
    text: "reviewed 22 Nov 2026, 3 days ago",
  });
  expect(examineSupportLines(reviewed + 366 * DAY_MS, words)).toMatchObject({ status: "problem" });
});

test("finds that there was no backup for a month, and one that is damaged", async () => {
  device.nowMs += 32 * DAY_MS;
  expect(await problems()).toEqual(["backup: the last one is of Sun 22 Nov"]);
  rmSync(join(device.home, "state", "last-backup"));
  expect(await problems()).toEqual(["backup: there is none"]);
  const name = "moodsync-2026-12-20T10-00-00-000Z-1-before-import.db";
  mkdirSync(join(device.home, "backups"), { mode: 0o700 });
  writeFileSync(join(device.home, "backups", name), "no database", { mode: 0o600 });
  expect(await problems()).toEqual([expect.stringContaining(`${name} is damaged`)]);
});

test("finds what waits unread, and what the server rejected", async () => {
  sql("insert into deferred_changes values ('SleepEntry', 'x', 1, '{}', 0, '0.1.0', 1)");
  sql(`insert into rejected_changes
    select 'MoodEntry', id, revision, 'invalid', 'secret', '${packageVersion()}', 1 from mood_entries`);
  expect(await problems()).toEqual([
    expect.stringContaining("1 change of a kind that this version does not know waits"),
    "rejected: the server does not accept 1 change",
  ]);
});

test("a home that cannot be used is a finding", async () => {
  device.env.MOODSYNC_HOME = "relative/home";
  expect(await problems()).toEqual(["directory: MOODSYNC_HOME is not an absolute path in UTF-8."]);
});

test("leaves everything as it was", async () => {
  const files = () => readdirSync(device.home, { recursive: true, encoding: "utf8" }).sort();
  const before = files();
  await device.run(["doctor"]);
  expect(files()).toEqual(before);
});
