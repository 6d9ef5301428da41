import { spawnSync } from "node:child_process";
import { readdirSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { beforeEach, expect, test } from "vitest";
import { draftOf, removeStaleDrafts } from "../../src/files/drafts.ts";
import { temporaryDirectory } from "../helpers/temporary-directory.ts";

let directory: string;
const put = (...names: string[]) => {
  for (const name of names) writeFileSync(join(directory, name), "");
};

beforeEach(() => {
  directory = temporaryDirectory("drafts");
});

test("a dead process's drafts are removed with what SQLite put beside them; a living one's stay", () => {
  const { pid: dead } = spawnSync(process.execPath, ["--version"]);
  const living = `diary.${process.ppid}.new`;
  put(`diary.${dead}.new`, `diary.${dead}.new-wal`, `diary.${dead}.new-shm`, `diary.${dead}.new-journal`);
  put(living);
  removeStaleDrafts(join(directory, "diary"));
  expect(readdirSync(directory)).toEqual([living]);
});

test("a draft with this process's own number is an earlier process's before it begins one", () => {
  const file = join(directory, "diary");
  writeFileSync(draftOf(file), "");
  removeStaleDrafts(file);
  expect(readdirSync(directory)).toEqual([]);
});

test("what is not a draft of that file is left alone", () => {
  const { pid: dead } = spawnSync(process.execPath, ["--version"]);
  const others = ["diary", "diary.new", `diary.${dead}.newer`, `diary.x${dead}.new`, `my-diary.${dead}.new`];
  put(...others);
  removeStaleDrafts(join(directory, "diary"));
  expect(readdirSync(directory)).toEqual(others.sort());
});

test("a directory that is not there holds none", () => {
  removeStaleDrafts(join(directory, "missing", "diary"));
  expect(readdirSync(directory)).toEqual([]);
});
