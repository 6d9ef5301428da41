import { spawnSync } from "node:child_process";
import { createHash } from "node:crypto";
import {
  chmodSync,
  chownSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  renameSync,
  rmSync,
  writeFileSync,
} from "node:fs";
import { join } from "node:path";
import { beforeEach, describe, expect, test } from "vitest";
import { openSqlite } from "../../src/files/open-sqlite.ts";
import { newDevice } from "../helpers/program/installed-devices.ts";
import type { ProgramOptions } from "../helpers/program/program.ts";
import type { ProgramDevice } from "../helpers/program/program-device.ts";

/** Root may write everywhere, so as root the program runs as somebody who may not. */
const NOBODY = 65_534;
const asOrdinaryUser: Partial<ProgramOptions> = process.getuid?.() === 0 ? { uid: NOBODY } : {};
const NOTE = "PRIVATE-NOTE-c2";

let device: ProgramDevice;
let file: string;

beforeEach(async () => {
  device = newDevice();
  file = join(device.home, "moodsync.db");
  await device.ok(["log", "mood", "3"]);
});

/** A hash of every file of the home but V8's code cache; SQLite may leave its two working files behind, empty of changes. */
function contents(): Record<string, string> {
  const cache = join(device.home, "cache");
  const files = readdirSync(device.home, { recursive: true, withFileTypes: true }).filter(
    (it) => it.isFile() && !it.parentPath.startsWith(cache),
  );
  const hashes = files.flatMap((it) => {
    const path = join(it.parentPath, it.name);
    const bytes = readFileSync(path);
    const isWorkingFile = path.endsWith("-shm") || (path.endsWith("-wal") && bytes.length === 0);
    return isWorkingFile ? [] : [[path, createHash("sha256").update(bytes).digest("hex")]];
  });
  return Object.fromEntries(hashes);
}

/** A command that needs the database says one sentence and changes nothing; help in a crisis does not need it. */
async function expectRefusal(sentence: RegExp, options: Partial<ProgramOptions> = {}): Promise<void> {
  const before = contents();
  for (const args of [
    ["log", "mood", "4", "-n", NOTE],
    ["activity", "add", NOTE],
  ]) {
    const { code, stdout, stderr } = await device.run(args, options);
    expect({ code, stdout }).toEqual({ code: 1, stdout: "" });
    expect(stderr).toMatch(sentence);
    expect(stderr.trimEnd().split("\n").length).toBeLessThanOrEqual(2); // what is wrong, what to do
    expect(stderr).not.toContain(NOTE);
  }
  expect(contents()).toEqual(before);
  const help = await device.run(["help-now"], options);
  expect(help).toMatchObject({ code: 0, stderr: "" });
  expect(help.stdout.length).toBeGreaterThan(100);
}

describe("in the database's place", () => {
  const inItsPlace = (content: string) => {
    rmSync(file);
    writeFileSync(file, content);
  };

  test("a text file is refused and left as it is", async () => {
    inItsPlace("dear diary\n".repeat(500));
    await expectRefusal(/^The database file .+\/moodsync\.db is not a moodsync database\.\n/);
  });

  test("an empty file is refused and left as it is", async () => {
    inItsPlace("");
    await expectRefusal(/^The database file .+\/moodsync\.db is empty/);
  });

  test("another program's database is refused and left as it is", async () => {
    rmSync(file);
    const db = openSqlite(file);
    db.exec("create table theirs (x)");
    db.close();
    await expectRefusal(/^The database file .+\/moodsync\.db belongs to another program\.\n/);
  });

  test("a database of a newer version is refused and left as it is", async () => {
    const db = openSqlite(file);
    db.pragma("user_version = 9999");
    db.close();
    await expectRefusal(/^The database .+\/moodsync\.db was written by a newer version of moodsync\.\n/);
  });

  test("a directory is refused and left as it is", async () => {
    renameSync(file, `${file}.kept`);
    mkdirSync(file);
    await expectRefusal(/^The database file .+\/moodsync\.db cannot be opened\.\n/);
  });

  test("a damaged database is refused and left as it is", async () => {
    const bytes = readFileSync(file);
    writeFileSync(file, bytes.fill(0x5a, 100, 4096));
    await expectRefusal(/^The database file .+\/moodsync\.db is damaged\.\n/);
  });
});

/** What only reads works and changes nothing. */
async function expectReadable(options: Partial<ProgramOptions>): Promise<void> {
  const before = contents();
  expect((await device.json(["list"], options)).map((mood: { value: number }) => mood.value)).toEqual([3]);
  expect(JSON.parse(await device.ok(["export"], options)).entities.mood_entries).toHaveLength(1);
  for (const args of [["show", "@last"], ["due"], ["today"], ["sync", "status"], ["activity", "list"]]) {
    await device.ok(args, options);
  }
  expect(contents()).toEqual(before);
}

describe("where nothing can be written", () => {
  const ownByOrdinaryUser = () => {
    if (asOrdinaryUser.uid === undefined) return;
    for (const path of [device.home, ...Object.keys(contents())]) chownSync(path, NOBODY, NOBODY);
  };

  test("a read-only file can be read, and is usable when it can be written again", async () => {
    ownByOrdinaryUser();
    chmodSync(file, 0o400);
    await expectRefusal(/^The database cannot be written/, asOrdinaryUser);
    await expectReadable(asOrdinaryUser);
    chmodSync(file, 0o600);
    await device.ok(["log", "mood", "5"], asOrdinaryUser);
    expect(
      (await device.json(["list"], asOrdinaryUser)).map((mood: { value: number }) => mood.value),
    ).toEqual([5, 3]);
  });

  test("a read-only directory can be read, and is refused without a database in it", async () => {
    ownByOrdinaryUser();
    chmodSync(device.home, 0o500);
    await expectRefusal(/^The database cannot be written/, asOrdinaryUser);
    await expectReadable(asOrdinaryUser);
    chmodSync(device.home, 0o700);
    rmSync(file);
    chmodSync(device.home, 0o500);
    await expectRefusal(/moodsync\.db cannot be (written|opened)/, asOrdinaryUser);
    chmodSync(device.home, 0o700);
  });

  test.runIf(process.platform === "linux")(
    "a place where no directory can be made is one sentence",
    async () => {
      const nowhere = { env: { MOODSYNC_HOME: "/proc/nope" }, through: ["timeout", "20"] };
      for (const args of [
        ["log", "mood", "4"],
        ["serve", "--port", "0"],
      ]) {
        const { code, stderr } = await device.run(args, nowhere);
        expect({ code, stderr }).toEqual({
          code: 1,
          stderr: expect.stringMatching(/^moodsync cannot create the directory for its files\.\n.+\n$/),
        });
      }
    },
  );

  // A limit on the size of files needs no disk of its own; the full disk itself is one of `npm run faults`.
  test.runIf(process.platform !== "win32")(
    "a disk that takes no more is one sentence, and loses nothing",
    async () => {
      const limited: Partial<ProgramOptions> = { through: ["sh", "-c", 'ulimit -f 8; exec "$@"', "sh"] };
      await expectRefusal(/^The disk is full; nothing was changed\.\n/, limited);
      expect(existsSync(file)).toBe(true);
      expect(device.integrity()).toBe("ok");
      await device.ok(["log", "mood", "5"]);
      expect((await device.moodIds()).size).toBe(2);
    },
  );

  test.runIf(spawnSync("strace", ["-V"]).status === 0)(
    "a file system without hard links holds a first database, and an export",
    async () => {
      for (const code of ["EPERM", "EOPNOTSUPP", "ENOSYS", "EACCES"]) {
        const home = mkdtempSync(join(device.home, "unlinked-"));
        const inject = `inject=link,linkat:error=${code}`;
        const unlinked = {
          env: { MOODSYNC_HOME: home },
          through: ["strace", "-f", "-qq", "-o", "/dev/null", "-e", inject],
        };
        await device.ok(["log", "mood", "4"], unlinked);
        await device.ok(["export", "-o", join(home, "copy.json")], unlinked);
        expect(JSON.parse(readFileSync(join(home, "copy.json"), "utf8")).entities.mood_entries).toHaveLength(
          1,
        );
        expect(readdirSync(home).filter((name) => /new|lock/.test(name))).toEqual([]);
      }
    },
  );

  test.runIf(process.platform === "linux")("what cannot be printed whole is no success", async () => {
    for (let count = 0; count < 12; count++) await device.ok(["log", "mood", "5", "-n", "n".repeat(9_900)]);
    const sentence = /^The output could not be written \(.*\)\.\n$/;
    const told = { code: 1, stdout: "", stderr: expect.stringMatching(sentence) };
    const shell = (command: string) => ({ through: ["sh", "-c", command, "sh"] });
    expect(await device.run(["export"], shell('exec "$@" >/dev/full'))).toEqual(told);
    expect(await device.run(["--version"], shell('exec "$@" >/dev/full'))).toEqual(told);
    expect(await device.run(["--version"], shell('exec "$@" >/dev/full 2>&1'))).toMatchObject({ code: 1 });
    const copy = join(device.home, "copy.json");
    expect(await device.run(["export"], shell(`ulimit -f 100; exec "$@" >${copy}`))).toEqual(told);
    expect(await device.run(["list"], shell('"$@" | true'))).toMatchObject({ code: 0, stderr: "" });
  });
});
