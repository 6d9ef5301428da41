import { describe, expect, test } from "vitest";
import { scheduleId } from "../../src/domain/entities/natural-key.ts";
import { createDevice } from "../helpers/device/device.ts";

test("a schedule is due now unless said otherwise, and has the id of its assessment", async () => {
  const device = createDevice();
  const schedule = await device.json(["schedule", "add", "Phq 9", "BIWEEKLY"]);
  expect(schedule).toMatchObject({
    entity_type: "Schedule",
    id: scheduleId("PHQ-9"),
    assessment_type: "PHQ-9",
    frequency: "Biweekly",
    enabled: true,
    next_due_at: "2026-11-22T09:30:00.000+01:00",
    anchor_at: "2026-11-22T09:30:00.000+01:00",
  });
  expect((await device.run(["schedule", "list"])).stdout).toMatch(
    /^PHQ-9 {2}biweekly {2}due since Sun 22 Nov 09:30 +[0-9a-f-]{36}\n$/,
  );
});

describe("logging an assessment", () => {
  test("moves a monthly schedule from 31 January to 28 February and 31 March", async () => {
    const device = createDevice();
    await device.run(["schedule", "add", "phq9", "monthly", "--next-due", "2026-01-31"]);
    const dueAfter = async (day: string) => {
      await device.run(["log", "assessment", "phq9", "--score", "5", "--at", day]);
      return (await device.json(["schedule", "list"]))[0].next_due_at;
    };
    expect(await dueAfter("2026-01-31")).toBe("2026-02-28T12:00:00.000+01:00");
    expect(await dueAfter("2026-02-27")).toBe("2026-03-31T12:00:00.000+02:00");
    expect(await dueAfter("2026-03-10")).toBe("2026-03-31T12:00:00.000+02:00");
    expect(await dueAfter("2026-11-22")).toBe("2026-11-30T12:00:00.000+01:00");
  });

  test("says when the next one is due, and leaves other and disabled schedules alone", async () => {
    const device = createDevice();
    await device.run(["schedule", "add", "gad7", "weekly"]);
    await device.run(["schedule", "add", "phq9", "weekly"]);
    await device.run(["schedule", "add", "my own", "daily"]);
    await device.run(["schedule", "disable", "phq9"]);
    const before = await device.json(["schedule", "list"]);
    const { stderr } = await device.run(["log", "assessment", "gad7", "--score", "3"]);
    expect(stderr).toBe("Next due Sun 29 Nov 09:30.\n");
    await device.run(["log", "assessment", "phq9", "--score", "3"]);
    const after = await device.json(["schedule", "list"]);
    expect(after.slice(1)).toEqual(before.slice(1));
    expect(after[0].next_due_at).toBe("2026-11-29T09:30:00.000+01:00");
  });
});

test("a schedule is edited, disabled, enabled and deleted by its assessment", async () => {
  const device = createDevice();
  await device.run(["schedule", "add", "phq9", "monthly", "--next-due", "2027-01-31"]);
  expect((await device.run(["schedule", "disable", "phq9"])).stdout).toMatch(
    /^Changed PHQ-9 monthly · off · /,
  );
  expect((await device.run(["schedule", "enable", "PHQ-9"])).stdout).toContain(
    "next due Sun 31 Jan 2027 12:00",
  );
  expect(await device.json(["schedule", "edit", "phq9", "--frequency", "weekly"])).toMatchObject({
    frequency: "Weekly",
    enabled: true,
    anchor_at: "2027-01-31T12:00:00.000+01:00",
  });
  expect((await device.run(["schedule", "delete", "phq9"])).code).toBe(0);
  expect(await device.json(["schedule", "list"])).toEqual([]);
});

test("a frequency shorter than the time that is asked about is pointed out", async () => {
  const device = createDevice();
  expect((await device.run(["schedule", "add", "phq9", "daily"])).stderr).toBe(
    "It asks about the last 14 days, so answers taken more often overlap.\n",
  );
  expect((await device.run(["schedule", "add", "gad7", "biweekly"])).stderr).toBe("");
});

test.each([
  [["schedule", "add", "phq9", "daily"], 2, "That assessment already has a schedule."],
  [["schedule", "add", "gad7", "hourly"], 2, "The frequency must be daily, weekly, biweekly or monthly."],
  [["schedule", "add", "gad7"], 2, "Missing required argument 'frequency'."],
  [
    ["schedule", "add", "gad7", "daily", "--next-due", "2027-02-29"],
    2,
    '"2027-02-29" does not exist in the years 1900 to 9999.',
  ],
  [["schedule", "enable", "gad7"], 3, "No schedule has that assessment or id."],
  [["schedule", "edit", "phq9"], 2, "You have not said what to change."],
])("%j is refused", async (args, code, sentence) => {
  const device = createDevice();
  await device.run(["schedule", "add", "phq9", "weekly"]);
  const result = await device.run(args);
  expect({ code: result.code, sentence: result.stderr.split("\n")[0] }).toEqual({ code, sentence });
  expect(await device.json(["schedule", "list"])).toHaveLength(1);
});

test.each(["mood", "Moods"])("a schedule of %s is refused with the reminder that there is", async (type) => {
  const device = createDevice();
  expect(await device.run(["schedule", "add", type, "daily"])).toMatchObject({
    code: 2,
    stderr:
      "Schedules are for assessments; a mood is no assessment.\n" +
      "`moodsync config set reminders.daily 20:30` reminds you once a day to log a mood, if none was logged.\n",
  });
  expect(await device.json(["schedule", "list"])).toEqual([]);
});

test("the daily reminder is set as a time of day, or off", async () => {
  const device = createDevice();
  const set = async (value: string) => (await device.run(["config", "set", "reminders.daily", value])).code;
  expect([
    await set("20:30"),
    await set("9:05"),
    await set("off"),
    await set("25:00"),
    await set("late"),
  ]).toEqual([0, 0, 0, 2, 2]);
});
