import { existsSync, statSync, symlinkSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { beforeEach, expect, test } from "vitest";
import { makePrivateDirectory } from "../../src/files/private-directory.ts";
import { temporaryDirectory } from "../helpers/temporary-directory.ts";

let base: string;

beforeEach(() => {
  base = temporaryDirectory("directory");
});

test("makes a directory and those above it for their owner alone, and is content with one that is there", () => {
  const path = join(base, "a", "b", "c");
  makePrivateDirectory(path);
  makePrivateDirectory(path);
  for (const made of [join(base, "a"), join(base, "a", "b"), path]) {
    expect(statSync(made).mode & 0o777).toBe(0o700);
  }
});

test("a link to a directory is one", () => {
  symlinkSync(base, join(base, "link"));
  makePrivateDirectory(join(base, "link", "below"));
  makePrivateDirectory(join(base, "link"));
  expect(existsSync(join(base, "below"))).toBe(true);
});

test.each([
  ["a file", (path: string) => writeFileSync(path, "")],
  ["a link to nothing", (path: string) => symlinkSync(join(base, "nothing"), path)],
])("%s in its place, or above it, is an error", (_what, put) => {
  put(join(base, "taken"));
  expect(() => makePrivateDirectory(join(base, "taken"))).toThrow(/EEXIST/);
  expect(() => makePrivateDirectory(join(base, "taken", "below"))).toThrow(/EEXIST|ENOTDIR/);
});
