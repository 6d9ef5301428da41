import { readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { expect, test } from "vitest";
import { openSqlite } from "../../src/files/open-sqlite.ts";
import { createDevice } from "../helpers/device/device.ts";
import { temporaryDirectory } from "../helpers/temporary-directory.ts";

const COMMANDS = [["log", "mood", "4"], ["list"], ["export"], ["activity", "add", "run"]];

function expectSentence(result: { code: number; stdout: string; stderr: string }, sentence: string): void {
  expect(result).toMatchObject({ code: 1, stdout: "" });
  expect(result.stderr.split("\n")[0]).toBe(sentence);
}

test.each([
  [
    "a text file",
    Buffer.from("dear diary, this is no database at all\n".repeat(50)),
    "The database file FILE is not a moodsync database.",
  ],
  ["an empty file", Buffer.alloc(0), "The database file FILE is empty: what was in it is gone."],
])("%s in the database's place is left as it is", async (_, content, sentence) => {
  const device = createDevice();
  const file = join(device.home, "moodsync.db");
  writeFileSync(file, content);
  for (const command of COMMANDS) expectSentence(await device.run(command), sentence.replace("FILE", file));
  expect(readFileSync(file)).toEqual(content);
});

test("a database of another program is left as it is", async () => {
  const device = createDevice();
  const db = openSqlite(join(device.home, "moodsync.db"));
  db.exec("create table theirs (x)");
  db.close();
  expectSentence(
    await device.run(["list"]),
    `The database file ${join(device.home, "moodsync.db")} belongs to another program.`,
  );
});

test("a database of a newer version is left as it is", async () => {
  const device = createDevice();
  await device.run(["log", "mood", "4"]);
  const db = openSqlite(join(device.home, "moodsync.db"));
  db.pragma("user_version = 9999");
  db.close();
  for (const command of COMMANDS) {
    expectSentence(
      await device.run(command),
      `The database ${join(device.home, "moodsync.db")} was written by a newer version of moodsync.`,
    );
  }
});

test("a database with a damaged page is one sentence where that is read", async () => {
  const device = createDevice();
  await device.run(["log", "mood", "4", "-n", "first"]);
  const file = join(device.home, "moodsync.db");
  const db = openSqlite(file);
  const page = db.prepare("select rootpage from sqlite_schema where name = 'mood_entries'").pluck().get();
  db.close();
  const content = readFileSync(file);
  writeFileSync(file, content.fill(0x5a, (Number(page) - 1) * 4096, Number(page) * 4096));
  expectSentence(await device.run(["list"]), `The database file ${file} is damaged.`);
  expectSentence(await device.run(["export"]), `The database file ${file} is damaged.`);
});

test("a home below a file is one sentence", async () => {
  const device = createDevice();
  const file = join(temporaryDirectory("file"), "file");
  writeFileSync(file, "");
  device.env.MOODSYNC_HOME = join(file, "home");
  const result = await device.run(["log", "mood", "4"]);
  // From Node 24 on the file system's answer to "is it there?" is no, and making its directory is what fails.
  const refused = result.stderr.includes("moodsync.db")
    ? "/moodsync.db cannot be read"
    : " cannot be written";
  expectSentence(result, `${file}/home${refused}: a part of its path is a file, not a directory.`);
});

test("a failure with --json is an object", async () => {
  const device = createDevice();
  writeFileSync(join(device.home, "moodsync.db"), "");
  const { stdout } = await device.run(["list", "--json"]);
  expect(JSON.parse(stdout)).toEqual({
    error: {
      code: "failure",
      message: `The database file ${join(device.home, "moodsync.db")} is empty: what was in it is gone.`,
      hint: "`moodsync restore-backup FILE` puts a backup in its place; delete the empty file to start again.",
    },
  });
});

test("a stored text that should be JSON and is none is a damaged database", async () => {
  const device = createDevice();
  await device.run(["log", "mood", "4", "-a", "run"]);
  const file = join(device.home, "moodsync.db");
  const db = openSqlite(file);
  db.exec("update mood_entries set activities = '[\"secret'");
  db.close();
  for (const command of [["list"], ["export"], ["edit", "@last", "--value", "3"]]) {
    const result = await device.run(command);
    expectSentence(result, `The database file ${file} is damaged.`);
    expect(result.stderr).not.toContain("secret");
  }
});
