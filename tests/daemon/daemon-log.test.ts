import { appendFileSync, mkdtempSync, readdirSync, rmSync, statSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, expect, test } from "vitest";
import { daemonLogFile, logEvent, readLog } from "../../src/daemon/daemon-log.ts";

let stateDir: string;
beforeEach(() => {
  stateDir = mkdtempSync(join(tmpdir(), "moodsync-log-"));
});
afterEach(() => rmSync(stateDir, { recursive: true, force: true }));

test("events come back oldest first, with their time", () => {
  logEvent(stateDir, { event: "started", pid: 7 }, 0);
  logEvent(stateDir, { event: "stopped", reason: "SIGTERM" }, 1_000);
  expect(readLog(stateDir, 10)).toEqual([
    { time: "1970-01-01T00:00:00.000Z", event: "started", pid: 7 },
    { time: "1970-01-01T00:00:01.000Z", event: "stopped", reason: "SIGTERM" },
  ]);
  expect(readLog(stateDir, 1)).toHaveLength(1);
  expect(statSync(daemonLogFile(stateDir)).mode & 0o777).toBe(0o600);
});

test("a log that grows is turned over, and no more than two files are kept", () => {
  for (let index = 0; index < 12_000; index++) logEvent(stateDir, { event: "clock jumped", count: index }, 0);
  expect(readdirSync(stateDir).sort()).toEqual(["daemon.log", "daemon.log.1"]);
  for (const file of readdirSync(stateDir)) {
    expect(statSync(join(stateDir, file)).size).toBeLessThan(257 * 1024);
  }
  expect(readLog(stateDir, 5).map(({ count }) => count)).toEqual([11_995, 11_996, 11_997, 11_998, 11_999]);
});

test("a line that a crash cut off is left out, and a log that cannot be written stops nothing", () => {
  logEvent(stateDir, { event: "clock jumped" }, 0);
  appendFileSync(daemonLogFile(stateDir), '{"time":"1970');
  expect(readLog(stateDir, 10)).toHaveLength(1);
  rmSync(stateDir, { recursive: true });
  expect(() => logEvent(stateDir, { event: "clock jumped" }, 0)).not.toThrow();
  expect(readLog(stateDir, 10)).toEqual([]);
});
