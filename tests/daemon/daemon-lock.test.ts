import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, expect, test } from "vitest";
import { acquireDaemonLock, isDaemonRunning, isHoldingLock } from "../../src/daemon/daemon-lock.ts";
import { type DaemonStatus, readDaemonStatus, writeDaemonStatus } from "../../src/daemon/daemon-status.ts";

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

test.runIf(process.platform === "linux")(
  "a process that only has the number of the daemon does not hold its lock",
  () => {
    const release = acquireDaemonLock(stateDir)!;
    expect(isHoldingLock(stateDir, process.pid)).toBe(true);
    for (const other of [1, process.ppid, 4_000_000]) expect(isHoldingLock(stateDir, other)).toBe(false);
    release();
    expect(isHoldingLock(stateDir, process.pid)).toBe(false);
  },
);

test("process 1 can be the daemon, as it is in a container", () => {
  const status = { pid: 1 } as DaemonStatus;
  writeDaemonStatus(stateDir, status);
  expect(readDaemonStatus(stateDir)).toEqual(status);
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
