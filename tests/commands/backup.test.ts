import { spawnSync } from "node:child_process";
import {
  chmodSync,
  existsSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  statSync,
  symlinkSync,
  truncateSync,
  writeFileSync,
} from "node:fs";
import { join } from "node:path";
import { beforeEach, describe, expect, test } from "vitest";
import { openSqlite } from "../../src/files/open-sqlite.ts";
import { packageRoot } from "../../src/package-root.ts";
import { createDevice, type Device } from "../helpers/device/device.ts";
import { temporaryDirectory } from "../helpers/temporary-directory.ts";

let device: Device;
let directory: string;
let file: string;

beforeEach(async () => {
  device = createDevice();
  directory = temporaryDirectory("backups");
  file = join(directory, "moods.db");
  await device.json(["log", "mood", "4", "-a", "run", "--create", "-n", "before"]);
  device.nowMs += 60_000;
});

async function notes(on = device): Promise<string[]> {
  const { entities } = await on.json(["export"]);
  return entities.mood_entries.map(({ note }: { note: string }) => note).sort();
}

function passphraseFile(passphrase: string): string {
  const path = join(directory, "passphrase");
  writeFileSync(path, `${passphrase}\n`, { mode: 0o600 });
  return path;
}

test("a backup brings back everything on another device, with its history and its search", async () => {
  await device.json(["edit", "@last", "--value", "2"]);
  expect(await device.run(["backup", file])).toEqual({
    code: 0,
    stdout: expect.stringMatching(/^Backed up 1 mood and 1 activity to .+moods\.db \(\d+ kB, checked\)\n$/),
    stderr: "",
  });
  expect(statSync(file).mode & 0o777).toBe(0o600);
  const other = createDevice();
  expect(await other.run(["restore-backup", file, "--yes"])).toEqual({
    code: 0,
    stdout: "Restored 1 mood and 1 activity.\n",
    stderr: "",
  });
  expect(await other.json(["export"])).toEqual(await device.json(["export"]));
  expect(await other.json(["history", "@last"])).toHaveLength(2);
  expect(await other.json(["list", "--search", "before"])).toHaveLength(1);
  expect(await other.json(["undo"])).toMatchObject({ command: "edit" });
  expect(readdirSync(directory)).toEqual(["moods.db"]);
});

test("what came after a backup is kept as a backup of its own, and is said", async () => {
  await device.json(["backup", file]);
  await device.json(["log", "mood", "1", "-n", "after"]);
  const restored = await device.json(["restore-backup", file, "--yes"]);
  expect(restored).toMatchObject({ newer_here: { MoodEntry: 1, Activity: 0 }, sync: "as before" });
  expect(await notes()).toEqual(["before"]);
  expect(await device.json(["list", "--search", "after"])).toEqual([]);
  expect(await device.json(["backup", "list"])).toMatchObject([
    { file: restored.kept_as, reason: "before-restore" },
  ]);
  await device.json(["restore-backup", restored.kept_as, "--yes"]);
  expect(await notes()).toEqual(["after", "before"]);
});

test("on a terminal it says what goes and what comes back, and asks", async () => {
  await device.json(["backup", file]);
  await device.json(["delete", "@last", "--yes"]);
  await device.json(["log", "mood", "1", "-n", "after"]);
  const asked = await device.run(["restore-backup", file], { terminal: true, input: "n\n" });
  expect(asked.code).toBe(1);
  expect(asked.stderr).toContain("The backup has 1 mood and 1 activity, changed last on Sun 22 Nov 09:30.");
  expect(asked.stderr).toContain("Newer here, and gone after it: 1 mood (1 not on the server).");
  expect(asked.stderr).toContain("Not here, and back after it: 1 mood.");
  expect(asked.stderr).toContain("Nothing was changed.");
  expect(await notes()).toEqual(["after"]);
  const agreed = await device.run(["restore-backup", file], { terminal: true, input: "y\n" });
  expect(agreed.code).toBe(0);
  expect(await notes()).toEqual(["before"]);
});

test("without a terminal it wants --yes", async () => {
  await device.json(["backup", file]);
  expect(await device.run(["restore-backup", file])).toMatchObject({ code: 2, stdout: "" });
  expect(existsSync(join(device.home, "backups"))).toBe(false);
});

test("a command that has the database open goes on with what was restored", async () => {
  await device.json(["backup", file]);
  await device.json(["log", "mood", "1", "-n", "after"]);
  const open = openSqlite(join(device.home, "moodsync.db"), { readonly: true });
  const count = open.prepare("select count(*) from mood_entries").pluck();
  expect(count.get()).toBe(2);
  await device.json(["restore-backup", file, "--yes"]);
  expect(count.get()).toBe(1);
  open.close();
});

test("a backup of an earlier version is brought up to date", async () => {
  const migrations = join(packageRoot(), "migrations", "local");
  const first = readdirSync(migrations).sort()[0]!;
  const db = openSqlite(file);
  db.exec(readFileSync(join(migrations, first), "utf8"));
  db.exec(`attach '${join(device.home, "moodsync.db")}' as now; pragma user_version = 1`);
  db.pragma(`application_id = ${db.pragma("now.application_id", { simple: true })}`);
  db.exec("insert into mood_entries select * from now.mood_entries");
  db.close();
  const other = createDevice();
  expect((await other.run(["restore-backup", file, "--yes"])).code).toBe(0);
  expect(await notes(other)).toEqual(["before"]);
});

test("what is logged after a backup of fewer moods was restored is found by its words, edited and deleted", async () => {
  await device.json(["backup", file]);
  for (const note of ["later", "later still", "last"]) await device.json(["log", "mood", "3", "-n", note]);
  await device.json(["restore-backup", file, "--yes"]);
  const found = async (word: string) => (await device.json(["list", "--search", word])).length;
  const { id } = await device.json(["log", "mood", "2", "-n", "needle"]);
  expect([await found("needle"), await found("before"), await found("later")]).toEqual([1, 1, 0]);
  await device.json(["edit", id, "--note", "thread"]);
  expect([await found("needle"), await found("thread")]).toEqual([0, 1]);
  await device.json(["delete", id]);
  expect(await found("thread")).toBe(0);
  const db = openSqlite(join(device.home, "moodsync.db"));
  expect(() => db.exec("insert into mood_search (mood_search) values ('integrity-check')")).not.toThrow();
  db.close();
});

describe("a database that cannot be read is moved aside, and the backup takes its place", () => {
  test.each([
    ["empty", (path: string) => truncateSync(path, 0)],
    ["cut", (path: string) => truncateSync(path, 20_000)],
    ["overwritten", (path: string) => writeFileSync(path, "dear diary".repeat(9999))],
    ["damaged in a page", (path: string) => writeFileSync(path, readFileSync(path).fill(0xff, 8192, 90_000))],
  ])("%s", async (_name, damage) => {
    await device.json(["backup", file]);
    const database = join(device.home, "moodsync.db");
    damage(database);
    const content = readFileSync(database);
    const restored = await device.json(["restore-backup", file, "--yes"]);
    expect(readFileSync(restored.kept_as)).toEqual(content);
    expect(await notes()).toEqual(["before"]);
  });
});

describe("what is no whole backup changes nothing", () => {
  test.each([
    ["a text", () => writeFileSync(file, "x".repeat(5000)), "no backup of moodsync"],
    ["an empty file", () => writeFileSync(file, ""), "no backup of moodsync"],
    ["a cut file", () => truncateSync(file, 50_000), "no backup of moodsync"],
    [
      "a damaged page",
      () => writeFileSync(file, readFileSync(file).fill(0xff, 8192, 9000)),
      "no backup of moodsync",
    ],
    [
      "another program's database",
      () => openSqlite(`${file}`).exec("pragma application_id = 7").close(),
      "no backup of moodsync",
    ],
    [
      "a trigger",
      () => openSqlite(file).exec("create trigger t after insert on activities begin select 1; end").close(),
      "no backup of moodsync",
    ],
    [
      "a newer version",
      () => openSqlite(file).exec("pragma user_version = 99").close(),
      "newer version of moodsync",
    ],
  ])("%s", async (_name, spoil, sentence) => {
    await device.json(["backup", file]);
    spoil();
    const result = await device.run(["restore-backup", file, "--yes"]);
    expect(result).toMatchObject({ code: 2, stdout: "", stderr: expect.stringContaining(sentence) });
    expect(await notes()).toEqual(["before"]);
    expect(readdirSync(device.home).sort()).toEqual(
      ["cache", "moodsync.db", "state"].filter((name) => existsSync(join(device.home, name))),
    );
  });

  test.each([
    ["no file", () => {}, "There is no file of that name."],
    ["a directory", () => mkdirSync(file), "That is a directory or a device, not a file."],
  ])("%s, and nothing is made in an empty home", async (_name, prepare, sentence) => {
    prepare();
    const fresh = createDevice(join(directory, "fresh"));
    expect(await fresh.run(["restore-backup", file, "--yes"])).toMatchObject({
      code: 2,
      stderr: expect.stringContaining(sentence),
    });
    expect(existsSync(fresh.home)).toBe(false);
  });
});

describe("a backup is not written", () => {
  test.each([
    ["over a file", () => writeFileSync(file, "mine"), "There is already a file of that name."],
    ["through a link", () => symlinkSync(join(directory, "elsewhere"), file), "That is a link"],
    ["over a directory", () => mkdirSync(file), "That is a link, a directory or a device"],
  ])("%s", async (_name, prepare, sentence) => {
    prepare();
    const before = readdirSync(directory);
    expect(await device.run(["backup", file])).toMatchObject({
      code: 2,
      stderr: expect.stringContaining(sentence),
    });
    expect(readdirSync(directory)).toEqual(before);
  });

  test("over the database, nor among what moodsync keeps", async () => {
    for (const own of ["moodsync.db", "backups/x.db"]) {
      const result = await device.run(["backup", join(device.home, own), "--force"]);
      expect(result).toMatchObject({ code: 2, stderr: expect.stringContaining("something of its own") });
    }
  });

  test("of nothing, and an empty home stays empty", async () => {
    const fresh = createDevice(join(directory, "fresh"));
    expect(await fresh.run(["backup", file])).toMatchObject({
      code: 1,
      stderr: expect.stringContaining("nothing to back up"),
    });
    expect(existsSync(fresh.home)).toBe(false);
  });
});

test("--force replaces a file", async () => {
  writeFileSync(file, "mine");
  chmodSync(file, 0o644);
  await device.json(["backup", file, "--force"]);
  expect(statSync(file).mode & 0o777).toBe(0o600);
});

test("entries that do not hold what their checksum says are copied, and counted", async () => {
  const db = openSqlite(join(device.home, "moodsync.db"));
  db.exec("update mood_entries set value = 1");
  db.close();
  const result = await device.run(["backup", file]);
  expect(result).toMatchObject({
    code: 0,
    stderr: expect.stringContaining("1 entry does not hold what its own checksum says"),
  });
  expect(await device.json(["restore-backup", file, "--yes"])).toMatchObject({ damaged: 1 });
});

describe("with a passphrase", () => {
  test("a backup is opened by that passphrase, and by no other", async () => {
    const passphrase = passphraseFile("four words and more");
    const written = await device.json(["backup", file, "--passphrase-file", passphrase]);
    expect(written).toMatchObject({ encrypted: true });
    expect(readFileSync(file).includes("before")).toBe(false);
    expect(readdirSync(join(device.home, "backups"))).toEqual([]);
    const other = createDevice();
    expect((await other.run(["restore-backup", file, "--yes", "--passphrase-file", passphrase])).code).toBe(
      0,
    );
    expect(await notes(other)).toEqual(["before"]);
    if (hasAge()) expect(openedByAge(file).subarray(0, 15).toString()).toBe("SQLite format 3");
    passphraseFile("five words and more");
    const wrong = await other.run(["restore-backup", file, "--yes", "--passphrase-file", passphrase]);
    expect(wrong).toMatchObject({ code: 2, stderr: expect.stringContaining("does not open that file") });
    passphraseFile("four words and more");
    truncateSync(file, statSync(file).size - 1);
    const cut = await other.run(["restore-backup", file, "--yes", "--passphrase-file", passphrase]);
    expect(cut).toMatchObject({ code: 2, stderr: expect.stringContaining("not whole") });
    expect(await notes(other)).toEqual(["before"]);
  }, 300_000);

  test.each([
    [["--passphrase"], "nobody can be asked"],
    [["--passphrase-file", "short"], "at least 8 characters"],
    [["--passphrase-file", "open"], "if somebody may have read it, encrypt anew"],
    [["--passphrase-file", "missing"], "no passphrase file"],
  ])("%j is refused and writes nothing", async (args, sentence) => {
    writeFileSync(join(directory, "short"), "short", { mode: 0o600 });
    writeFileSync(join(directory, "open"), "four words and more", { mode: 0o644 });
    const paths = args.map((arg) => (arg.startsWith("--") ? arg : join(directory, arg)));
    const result = await device.run(["backup", file, ...paths]);
    expect(result.code).toBeGreaterThan(1);
    expect(result.stderr).toContain(sentence);
    expect(existsSync(file)).toBe(false);
  });
});

function hasAge(): boolean {
  return spawnSync("age", ["--version"]).status === 0;
}

/** What the tool makes of a file. It asks a terminal for the passphrase. */
function openedByAge(path: string): Buffer {
  const script = `
import os, pty, sys
def answer(fd):
    data = os.read(fd, 1000)
    if b"passphrase" in data: os.write(fd, b"four words and more\\n")
    return data
sys.exit(os.waitstatus_to_exitcode(pty.spawn(["age", "-d", "-o", sys.argv[2], sys.argv[1]], answer)))`;
  const { status, stdout } = spawnSync("python3", ["-c", script, path, `${path}.plain`], {
    encoding: "utf8",
  });
  expect([status, stdout]).toEqual([0, stdout]);
  return readFileSync(`${path}.plain`);
}
