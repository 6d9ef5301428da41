import { spawnSync } from "node:child_process";
import { once } from "node:events";
import {
  chmodSync,
  existsSync,
  mkdirSync,
  readdirSync,
  statSync,
  truncateSync,
  writeFileSync,
} from "node:fs";
import { dirname, join } from "node:path";
import { Worker } from "node:worker_threads";
import { afterEach, beforeEach, describe, expect, test } from "vitest";
import { openSqlite } from "../../../src/files/open-sqlite.ts";
import { openDatabase, transaction } from "../../../src/local/storage/database.ts";
import { databaseFile } from "../../../src/local/storage/home.ts";
import { openTemporaryStore } from "../../helpers/device/open-store.ts";

let store: ReturnType<typeof openTemporaryStore>;
let file: string;

beforeEach(() => {
  store = openTemporaryStore();
  file = databaseFile(store.home);
});
afterEach(() => store.remove());

test("every open sets what better-sqlite3 does not keep", () => {
  for (const db of [store.db, openDatabase(file)]) {
    const pragma = (name: string) => db.pragma(name, { simple: true });
    expect(pragma("journal_mode")).toBe("wal");
    expect(pragma("synchronous")).toBe(2);
    expect(pragma("secure_delete")).toBe(1);
    expect(pragma("foreign_keys")).toBe(1);
    expect(pragma("busy_timeout")).toBe(5000);
  }
});

test("files and directory are for their owner alone, even after a careless copy", () => {
  chmodSync(store.directory, 0o755);
  chmodSync(file, 0o644);
  const db = openDatabase(file);
  transaction(db, () => db.exec("insert into commands (name, ran_at) values ('test', 1)"));
  expect(statSync(store.directory).mode & 0o777).toBe(0o700);
  for (const suffix of ["", "-wal", "-shm"]) expect(statSync(file + suffix).mode & 0o777).toBe(0o600);
  db.close();
});

test("an existing database is backed up before a migration is applied, a new one and a current one are not", () => {
  const backups = join(store.directory, "backups");
  openDatabase(file).close();
  expect(existsSync(backups)).toBe(false);

  const old = join(store.directory, "old.db");
  const db = openSqlite(old);
  db.pragma(`application_id = ${store.db.pragma("application_id", { simple: true })}`);
  db.exec("create table kept (x); insert into kept values ('as it was')");
  db.close();
  openDatabase(old).close();

  const [copy, ...others] = readdirSync(backups);
  expect(others).toEqual([]);
  const backup = openSqlite(join(backups, copy!), { readonly: true });
  expect(backup.prepare("select x from kept").pluck().all()).toEqual(["as it was"]);
  expect(backup.pragma("user_version", { simple: true })).toBe(0);
  backup.close();
});

describe("a file that is no database of ours is refused and left as it is", () => {
  const other = () => {
    const path = join(store.directory, "other", "moodsync.db");
    mkdirSync(dirname(path), { recursive: true });
    return path;
  };
  test.each([
    [
      "a text file",
      (path: string) => writeFileSync(path, "Dear diary, ".repeat(500)),
      "not a moodsync database",
    ],
    ["an empty file", (path: string) => writeFileSync(path, ""), "is empty"],
    [
      "another program's database",
      (path: string) => openSqlite(path).exec("create table t (x)").close(),
      "belongs to another program",
    ],
    [
      "a database of a newer version",
      (path: string) => {
        const db = openDatabase(path);
        db.pragma("user_version = 9999");
        db.close();
      },
      "newer version of moodsync",
    ],
    [
      "a database that was cut",
      (path: string) => {
        openDatabase(path).close();
        truncateSync(path, 5000);
      },
      "damaged",
    ],
  ])("%s", (_name, make, sentence) => {
    const path = other();
    make(path);
    const before = statSync(path);
    expect(() => openDatabase(path)).toThrow(sentence);
    expect(statSync(path)).toMatchObject({ size: before.size, mtimeMs: before.mtimeMs });
  });
});

test("nothing is left beside a new database", () => {
  expect(readdirSync(store.directory).filter((name) => name.includes(".new"))).toEqual([]);
});

test("what a killed first start or a killed backup left is removed by the next open", () => {
  const { pid } = spawnSync(process.execPath, ["--version"]);
  const backups = join(store.directory, "backups");
  mkdirSync(backups);
  const drafts = [`${file}.${pid}.new`, `${file}.${pid}.new-wal`, join(backups, `moodsync.db.${pid}.new`)];
  for (const draft of drafts) writeFileSync(draft, "a note");
  openDatabase(file).close();
  expect(drafts.filter((draft) => existsSync(draft))).toEqual([]);
});

test("a write waits for more than one turn of another's", async () => {
  store.db.pragma("busy_timeout = 400");
  const { ended } = await holdWriteLock(600);
  const stored = transaction(store.db, () => store.db.prepare("select count(*) as n from commands").get());
  expect(stored).toEqual({ n: 0 });
  await ended;
});

test("what is busy within a transaction is not done twice", () => {
  let count = 0;
  const work = () => {
    count++;
    throw Object.assign(new Error("database is locked"), { code: "SQLITE_BUSY" });
  };
  expect(() => transaction(store.db, work)).toThrow("nothing was changed");
  expect(count).toBe(1);
});

/** Another thread takes the write lock and gives it back after `milliseconds`, whatever this one does. */
async function holdWriteLock(milliseconds: number) {
  const source = `
    const { parentPort, workerData } = require("node:worker_threads");
    const db = require("better-sqlite3")(workerData.file);
    db.exec("begin immediate");
    parentPort.postMessage("held");
    setTimeout(() => db.close(), workerData.milliseconds);`;
  const worker = new Worker(source, { eval: true, workerData: { file, milliseconds } });
  const ended = once(worker, "exit");
  await once(worker, "message");
  return { ended };
}

test("after a disk that failed to confirm a change nobody is told that nothing was changed", () => {
  const fail = (code: string) => () =>
    transaction(store.db, () => {
      throw Object.assign(new Error("disk I/O error"), { code });
    });
  expect(fail("SQLITE_IOERR_WRITE")).toThrow("nothing was changed");
  expect(fail("SQLITE_IOERR_FSYNC")).toThrow("may have been stored or not");
});
