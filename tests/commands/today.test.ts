import { existsSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, test } from "vitest";
import { openDatabase } from "../../src/local/storage/database.ts";
import { recordSyncRun } from "../../src/local/sync-state/sync-runs.ts";
import { createDevice, type Device } from "../helpers/device/device.ts";
import { withoutCodes } from "../helpers/golden/golden.ts";

const card = async (device: Device) => withoutCodes((await device.run(["today"], { terminal: true })).stdout);

describe("today", () => {
  test("names what to type where nothing was ever logged, and makes no database", async () => {
    const device = createDevice();
    expect(await card(device)).toBe(`  Hello. This keeps how you are, day by day, on this device.
  No account, no network, nothing to set up.

  moodsync log mood 4  how you feel, 1 awful to 5 great
  moodsync tui         all of it on a screen
  moodsync --help      everything else
`);
    expect(existsSync(join(device.home, "moodsync.db"))).toBe(false);
  });

  test("is what moodsync alone shows on a terminal; without one that is the help", async () => {
    const device = createDevice();
    const onTerminal = await device.run([], { terminal: true });
    expect(onTerminal).toMatchObject({ code: 0, stdout: expect.stringContaining("moodsync log mood 4") });
    expect((await device.run([])).stdout).toMatch(/how you are, day by day/);
  });

  test("tells the moods of the day in their order, by the clock of where they were logged, and no note", async () => {
    const device = createDevice();
    await device.run(["log", "mood", "1", "--at", "2026-11-22 03:59"]);
    await device.run([
      "log",
      "mood",
      "4",
      "-a",
      "run",
      "-n",
      "private words",
      "--at",
      "2026-11-22T04:10:00+01:00",
    ]);
    await device.run(["log", "mood", "3"]);
    const text = await card(device);
    expect(text).toBe(`  Sunday 22 November  09:30

  ▆ 4 good  04:10  run  ≡
  ▄ 3 meh   09:30

  Mon Tue Wed Thu Fri Sat Sun
   ·   ·   ·   ·   ·  ▁1  ▆4     2.3 on average, 2 of 7 days

  Due   nothing
  Sync  off; everything is on this device

  moodsync log mood 4  how you feel, 1 awful to 5 great
  moodsync tui         all of it on a screen
  moodsync --help      everything else
`);
    expect(text).not.toContain("private");
  });

  test("has no commands to type in a pipe, and no sign in plain words", async () => {
    const device = createDevice();
    await device.run(["log", "mood", "4", "-a", "run", "-n", "private words"]);
    expect((await device.run(["today"])).stdout).not.toContain("moodsync ");
    expect(
      (await device.run(["today", "--plain"], { terminal: true })).stdout,
    ).toBe(`Sunday 22 November, 09:30.
09:30: mood 4 (good), run, with a note.
Last 7 days: 4.0 on average, 1 of 7 days.
Monday no entry, Tuesday no entry, Wednesday no entry, Thursday no entry, Friday no entry, Saturday no entry, Sunday 4 (good).
Due: nothing.
Sync: off; everything is on this device.
`);
  });

  test("names what is due and how to answer it, and no score", async () => {
    const device = createDevice();
    await device.run(["schedule", "add", "PHQ-9", "weekly", "--next-due", "2026-11-20 08:00"]);
    expect(await card(device)).toMatch(
      /Due {3}PHQ-9 since Fri 20 Nov 08:00\n(?:.|\n)*moodsync log assessment PHQ-9 /,
    );
    await device.run(["log", "assessment", "PHQ-9", "--score", "17"]);
    const text = await card(device);
    expect(text).toMatch(/Due {3}nothing; next PHQ-9, /);
    expect(text).not.toContain("17");
  });

  test("tells why the last sync failed, until one succeeds", async () => {
    const device = createDevice();
    await device.run(["log", "mood", "3"]);
    const db = openDatabase(join(device.home, "moodsync.db"));
    db.exec("insert into sync_config (only_row, device_id, enabled) values (1, 'd', 1)");
    const counts = { uploaded: 0, downloaded: 0, conflicts: 0, pending: 0, rejected: 0 };
    const at = (ms: number) => ({ startedAtMs: ms, finishedAtMs: ms, ...counts });
    const failure = { errorCode: "unreachable", error: "The server does not answer." };
    recordSyncRun(db, { ...at(device.nowMs - 60_000), status: "failed", ...failure });
    expect(await card(device)).toContain(
      "  Sync  on, never yet, 1 pending\n        The server does not answer.\n",
    );
    recordSyncRun(db, { ...at(device.nowMs), status: "ok", errorCode: null, error: null });
    expect(await card(device)).toContain("  Sync  on, last 09:30, 1 pending\n\n");
    db.close();
  });
});
