import { existsSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, test } from "vitest";
import { openDatabase } from "../../src/local/storage/database.ts";
import { recordSyncRun } from "../../src/local/sync-state/sync-runs.ts";
import { createDevice, type Device } from "../helpers/device/device.ts";

const card = async (device: Device) => (await device.run(["today"])).stdout;

describe("today", () => {
  test("names what to type where nothing was ever logged, and makes no database", async () => {
    const device = createDevice();
    expect(await card(device)).toMatch(/^moodsync keeps moods.*\n\n {2}moodsync log mood 4 /);
    expect(existsSync(join(device.home, "moodsync.db"))).toBe(false);
  });

  test("is what moodsync alone shows on a terminal; without one that is the help", async () => {
    const device = createDevice();
    const onTerminal = await device.run([], { terminal: true });
    expect(onTerminal).toMatchObject({ code: 0, stdout: expect.stringContaining("moodsync log mood 4") });
    expect((await device.run([])).stdout).toMatch(/Usage: moodsync <command>/);
  });

  test("tells the moods of the day in their order, by the clock of where they were logged, and no note", async () => {
    const device = createDevice();
    await device.run(["log", "mood", "1", "--at", "2026-11-22 03:59"]);
    await device.run(["log", "mood", "4", "-n", "private words", "--at", "2026-11-22T04:10:00+01:00"]);
    await device.run(["log", "mood", "3"]);
    const text = await card(device);
    expect(text).toMatch(/^Sun 22 Nov 09:30\n\n {2}Mood {2}4 \(good\) at 04:10, 3 \(meh\) at 09:30\n/);
    expect(text).not.toContain("private");
  });

  test("counts what has no room", async () => {
    const device = createDevice();
    for (const value of ["1", "2", "3", "4", "5"]) {
      await device.run(["log", "mood", value]);
      device.nowMs += 60_000;
    }
    expect(await card(device)).toContain(
      "3 (meh) at 09:32, 4 (good) at 09:33, 5 (great) at 09:34, and 2 earlier",
    );
  });

  test("names what is due and how to answer it, and no score", async () => {
    const device = createDevice();
    await device.run(["schedule", "add", "PHQ-9", "weekly", "--next-due", "2026-11-20 08:00"]);
    expect(await card(device)).toMatch(
      /Due {3}PHQ-9 since Fri 20 Nov 08:00\n(?:.|\n)*moodsync log assessment PHQ-9 /,
    );
    await device.run(["log", "assessment", "PHQ-9", "--score", "17"]);
    const text = await card(device);
    expect(text).toMatch(/Due {3}nothing; next PHQ-9 on /);
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
    expect(await card(device)).toContain("Sync  on; never yet; 1 pending; The server does not answer.");
    recordSyncRun(db, { ...at(device.nowMs), status: "ok", errorCode: null, error: null });
    expect(await card(device)).toContain("Sync  on; last Sun 22 Nov 09:30; 1 pending\n");
    db.close();
  });
});
