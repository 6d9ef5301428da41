import { statSync } from "node:fs";
import { join } from "node:path";
import { afterEach, expect, test } from "vitest";
import { acquireFileLock } from "../../src/files/file-lock.ts";
import { temporaryDirectory } from "../helpers/temporary-directory.ts";

const umask = process.umask();
afterEach(() => process.umask(umask));

test("a lock has one holder, and the next one gets it when it is released", () => {
  const path = join(temporaryDirectory("file-lock"), "some.lock");
  const release = acquireFileLock(path, { waitMs: 0 })!;
  expect(acquireFileLock(path, { waitMs: 0 })).toBeNull();
  release();
  acquireFileLock(path, { waitMs: 0 })!();
});

test("the file of a lock is its owner's alone, whatever the umask", () => {
  process.umask(0o000);
  const path = join(temporaryDirectory("file-lock"), "some.lock");
  acquireFileLock(path, { waitMs: 0 })!();
  expect(statSync(path).mode & 0o777).toBe(0o600);
});
