import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { beforeEach, describe, expect, test } from "vitest";
import { openSqlite } from "../../../src/files/open-sqlite.ts";
import { openDatabase } from "../../../src/local/storage/database.ts";
import { SCHEMA_HASHES, schemaHash } from "../../../src/local/storage/own-schema.ts";
import { packageRoot } from "../../../src/package-root.ts";
import { temporaryDirectory } from "../../helpers/temporary-directory.ts";

const REFUSAL = /^The database .+moodsync\.db has tables, views or triggers that moodsync did not make\.$/;
let file: string;

beforeEach(() => {
  file = join(temporaryDirectory("schema"), "moodsync.db");
  openDatabase(file).close();
});

function change(sql: string, { unsafe = false } = {}): void {
  const db = openSqlite(file);
  if (unsafe) db.unsafeMode().pragma("writable_schema = on");
  db.exec(sql);
  db.close();
}

test("the schema after each migration has its hash", () => {
  const directory = join(packageRoot(), "migrations", "local");
  const db = openSqlite(":memory:");
  const hashes = readdirSync(directory)
    .sort()
    .map((name) => {
      db.exec(readFileSync(join(directory, name), "utf8"));
      return schemaHash(db);
    });
  expect(SCHEMA_HASHES).toEqual(hashes);
});

test("a database that this version made is its own", () => {
  openDatabase(file).close();
});

describe("a database is refused", () => {
  test.each([
    [
      "a trigger",
      "create trigger t after insert on mood_entries begin update mood_entries set note = 'x'; end",
    ],
    [
      "a trigger of a table of others",
      "create table x (a); create trigger t after insert on x begin select 1; end",
    ],
    ["a view", "create view v as select 1"],
    [
      "a view in place of a table",
      "alter table mood_entries rename to m; create view mood_entries as with recursive r(n) as (select 1 union all select n + 1 from r) select m.* from m, r",
    ],
    [
      "a generated column",
      "alter table activities add column x text generated always as (upper(label)) virtual",
    ],
    ["another column", "alter table activities add column x text"],
    ["an index on a table of ours", "create unique index i on mood_entries (value)"],
    ["a table less", "drop table walk_marks"],
    ["a table that refers to ours", "create table x (a references commands (id) on delete set null)"],
    ["a virtual table", "create virtual table x using fts5 (a)"],
  ])("with %s", (_what, sql) => {
    change(sql);
    expect(() => openDatabase(file)).toThrow(REFUSAL);
  });

  test("with an object that is written down as one of another table", () => {
    change("create table x (a); create trigger t after insert on mood_entries begin select 1; end");
    change("update sqlite_schema set tbl_name = 'x' where name = 't'", { unsafe: true });
    expect(() => openDatabase(file)).toThrow(/^(The database has tables|The database file .* is damaged)/);
  });

  test("with the schema of another version", () => {
    change("pragma user_version = 0");
    expect(() => openDatabase(file)).toThrow(REFUSAL);
    change("pragma user_version = -1");
    expect(() => openDatabase(file)).toThrow(REFUSAL);
  });
});

test("tables of other programs beside ours, and statistics, do no harm", () => {
  change(
    "create table _litestream_lock (id integer); create table n (a unique); create index ni on n (a); analyze",
  );
  openDatabase(file).close();
});

test("nothing in the file is trusted: the database's functions run for moodsync alone", () => {
  const db = openDatabase(file);
  expect(db.pragma("trusted_schema", { simple: true })).toBe(0);
  expect(db.pragma("cell_size_check", { simple: true })).toBe(1);
  expect(() => db.exec("pragma writable_schema = on; update sqlite_schema set sql = ''")).toThrow();
  db.close();
});
