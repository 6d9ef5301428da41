import { describe, expect, test } from "vitest";
import { HOUR_MS } from "../../src/domain/time/durations.ts";
import { createDevice, SUNDAY_MS } from "../helpers/device/device.ts";

async function deviceWithSchedules() {
  const device = createDevice();
  await device.run(["schedule", "add", "PHQ-9", "biweekly", "--next-due", "2026-11-24 12:00"]);
  await device.run(["schedule", "add", "GAD-7", "weekly", "--next-due", "2026-11-22 12:00"]);
  await device.run(["schedule", "add", "WHO-5", "weekly", "--next-due", "2026-11-22 10:00"]);
  await device.run(["schedule", "disable", "WHO-5"]);
  return device;
}

describe("due", () => {
  test("says that nothing is due and what comes next", async () => {
    const device = await deviceWithSchedules();
    expect(await device.run(["due"])).toEqual({
      code: 0,
      stdout: "Nothing is due. Next: GAD-7, today 12:00.\n",
      stderr: "",
    });
    expect(await device.json(["due"])).toEqual([]);
    expect(await device.run(["due", "--short", "--exit-code"])).toEqual({ code: 0, stdout: "", stderr: "" });
  });

  test("tells due today from overdue since an earlier day, the longest first", async () => {
    const device = await deviceWithSchedules();
    device.nowMs = SUNDAY_MS + 51 * HOUR_MS; // Tuesday, 12:30
    const { stdout } = await device.run(["due"]);
    expect(stdout).toBe("GAD-7  overdue  since Sun 22 Nov 12:00\nPHQ-9  due      since Tue 24 Nov 12:00\n");
    expect(await device.json(["due"])).toEqual([
      {
        id: expect.any(String),
        assessment_type: "GAD-7",
        frequency: "Weekly",
        next_due_at: "2026-11-22T12:00:00.000+01:00",
        overdue: true,
      },
      expect.objectContaining({ assessment_type: "PHQ-9", overdue: false }),
    ]);
    expect(await device.run(["due", "--short"])).toMatchObject({ code: 0, stdout: "2 due\n" });
    expect(await device.run(["due", "--exit-code", "--quiet"])).toEqual({ code: 1, stdout: "", stderr: "" });
  });

  test("forgets what was taken, and deleted schedules", async () => {
    const device = await deviceWithSchedules();
    device.nowMs = SUNDAY_MS + 51 * HOUR_MS;
    await device.run(["log", "assessment", "gad7", "--score", "20"]);
    const after = await device.run(["due"]);
    expect(after.stdout).toMatch(/^PHQ-9 .*\n$/);
    await device.run(["schedule", "delete", "PHQ-9", "--yes"]);
    expect((await device.run(["due"])).stdout).toMatch(/^Nothing is due\. Next: GAD-7/);
  });

  test("with no schedule it says how to plan one", async () => {
    expect((await createDevice().run(["due"])).stdout).toMatch(/^Nothing is due\. `moodsync schedule add/);
  });
});
