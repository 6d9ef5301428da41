import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, expect, test } from "vitest";
import { acquireSyncLock } from "../../src/sync/sync-lock.ts";

let stateDir: string;

beforeEach(() => {
  stateDir = mkdtempSync(join(tmpdir(), "moodsync-lock-"));
});
afterEach(() => rmSync(stateDir, { recursive: true }));

test("only one sync holds the lock, and the next gets it when it is released", () => {
  const release = acquireSyncLock(stateDir);
  expect(release).not.toBeNull();
  expect(acquireSyncLock(stateDir)).toBeNull();
  release?.();
  const next = acquireSyncLock(stateDir);
  expect(next).not.toBeNull();
  next?.();
});
