import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, expect, test } from "vitest";
import { acquireDaemonLock, isDaemonRunning } from "../../src/daemon/daemon-lock.ts";
import { readDaemonStatus } from "../../src/daemon/daemon-status.ts";

let stateDir: string;
beforeEach(() => {
  stateDir = mkdtempSync(join(tmpdir(), "moodsync-lock-"));
});
afterEach(() => rmSync(stateDir, { recursive: true }));

test("one daemon holds the lock, and asking takes it from nobody", () => {
  expect(isDaemonRunning(stateDir)).toBe(false);
  const release = acquireDaemonLock(stateDir)!;
  expect(isDaemonRunning(stateDir)).toBe(true);
  expect(acquireDaemonLock(stateDir)).toBeNull();
  expect(isDaemonRunning(stateDir)).toBe(true);
  release();
  expect(isDaemonRunning(stateDir)).toBe(false);
  acquireDaemonLock(stateDir)!();
});

test("a file that cannot be a lock is named", () => {
  writeFileSync(
    join(stateDir, "daemon.lock"),
    "no lock at all, and much longer than the header of a database".repeat(9),
  );
  for (const use of [acquireDaemonLock, isDaemonRunning]) {
    expect(() => use(stateDir)).toThrow("The lock file daemon.lock cannot be used.");
  }
});

test("a status without sense is none", () => {
  expect(readDaemonStatus(stateDir)).toBeNull();
});
