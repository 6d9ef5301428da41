import { describe, expect, test } from "vitest";
import { logMoods } from "../../src/entries/log-mood.ts";
import { openDatabase } from "../../src/local/storage/database.ts";
import { createDevice } from "../helpers/device/device.ts";

test.each([
  ["moods", /^Nothing yet\. `moodsync log mood 4` begins\.$/m],
  ["assessments", /^No assessments\./],
  ["activities", /^No activities\./],
  ["schedules", /^No schedules\./],
  ["all", /^Nothing yet\./],
])("an empty list of %s is a sentence, and an empty array as JSON", async (what, sentence) => {
  const device = createDevice();
  expect((await device.run(["list", what])).stdout).toMatch(sentence);
  expect(await device.json(["list", what])).toEqual([]);
});

describe("a list of moods", () => {
  async function threeMoods() {
    const device = createDevice();
    await device.run(["log", "mood", "1", "--at", "2026-11-20 23:30", "-n", "Grey SKY", "-a", "Café"]);
    await device.run(["log", "mood", "5", "--at", "2026-11-22 08:00", "-a", "run"]);
    await device.run(["log", "mood", "3", "--at", "2026-11-21 08:00", "-n", "in between"]);
    const values = async (...args: string[]) =>
      (await device.json(["list", ...args])).map((mood: { value: number }) => mood.value);
    return { device, values };
  }

  test("is newest first, without the notes unless they are asked for", async () => {
    const { device } = await threeMoods();
    const { stdout } = await device.run(["list"]);
    expect(stdout.replace(/ +[0-9a-f-]{36}$/gm, "")).toBe(
      [
        "Sun 22 Nov  08:00  █ 5 great run",
        "Sat 21 Nov  08:00  ▄ 3 meh   ≡",
        "Fri 20 Nov  23:30  ▁ 1 awful Café  ≡",
        "",
      ].join("\n"),
    );
    expect((await device.run(["list"], { terminal: true })).stdout).toMatch(/run .*[^0-9a-f][0-9a-f]{7}\b/);
    expect((await device.run(["list", "--notes"])).stdout).toContain("Grey SKY");
    await device.run(["config", "set", "notes.lists", "shown"]);
    expect((await device.run(["list"])).stdout).toContain("Grey SKY");
  });

  test.each([
    [
      ["--since", "2026-11-21"],
      [5, 3],
    ],
    [
      ["--until", "2026-11-21"],
      [3, 1],
    ],
    [["--since", "2026-11-21", "--until", "2026-11-21"], [3]],
    [["--since", "2026-11-21 08:00:01"], [5]],
    [
      ["--since", "yesterday"],
      [5, 3],
    ],
    [["--activity", "cafe\u0301"], [1]],
    [["--search", "grey sky"], [1]],
    [["--search", "b"], [3]],
    [["--search", "CAFE\u0301"], [1]],
    [["--search", "ru"], [5]],
    [
      ["--limit", "2"],
      [5, 3],
    ],
    [
      ["--limit", "0"],
      [5, 3, 1],
    ],
    [["--search", "nowhere"], []],
    [
      ["--mood", "1-3"],
      [3, 1],
    ],
    [
      ["--mood", "great,awful"],
      [5, 1],
    ],
    [["--mood", "2"], []],
    [
      ["--not-activity", "run"],
      [3, 1],
    ],
    [["--not-activity", "run", "--not-activity", "Café"], [3]],
    [["--activity", "run", "--activity", "Café"], []],
    [["--reverse"], [1, 3, 5]],
    [["--reverse", "-n", "1"], [1]],
    [["yesterday"], [3]],
    [["--on", "yesterday"], [3]],
    [["moods", "last", "week"], []],
    [
      ["week", "--until", "yesterday"],
      [3, 1],
    ],
  ])("%j keeps %j", async (args, expected) => {
    const { values } = await threeMoods();
    expect(await values(...args)).toEqual(expected);
  });

  test("an entry stays on the day on which it was written, wherever the list is read", async () => {
    const { values, device } = await threeMoods();
    await device.run(["log", "mood", "2", "--at", "2026-11-21T05:30:00+09:00"]); // still the 20th in Berlin
    expect(await values("--since", "2026-11-21", "--until", "2026-11-21")).toEqual([3, 2]);
  });

  test("an entry of the small hours is of the day before, by day.start", async () => {
    const { values, device } = await threeMoods();
    await device.run(["log", "mood", "2", "--at", "2026-11-21 03:30"]);
    expect(await values("2026-11-20")).toEqual([2, 1]);
    await device.run(["config", "set", "day.start", "0:00"]);
    expect(await values("2026-11-20")).toEqual([1]);
  });

  test("shows twenty and says how many there are", async () => {
    const device = createDevice();
    const db = openDatabase(`${device.home}/moodsync.db`);
    const moods = Array.from({ length: 21 }, (_, n) => ({
      value: 3,
      recorded_at: new Date(device.nowMs - n * 60_000).toISOString(),
    }));
    logMoods({ db, nowMs: device.nowMs, zone: () => 60 }, moods);
    db.close();
    const { stdout, stderr } = await device.run(["list"]);
    expect(stdout.trimEnd().split("\n")).toHaveLength(20);
    expect(stderr).toBe("20 of 21 entries, newest first; --limit 0 shows all.\n");
    expect(await device.json(["list"])).toHaveLength(21);
  });

  test.each([
    [["list", "feelings"], 2, '"feelings" is neither a list nor a period.'],
    [["list", "--limit", "-1"], 2, "The limit must not be negative."],
    [["list", "--limit", "many"], 2, "The limit must be a whole number."],
    [["list", "--since", "once"], 2, '"once" was not understood as a time.'],
    [
      ["list", "activities", "--since", "yesterday"],
      2,
      "A period, --on, --since and --until are for moods and assessments.",
    ],
    [["list", "assessments", "--activity", "run"], 2, "--activity is for moods."],
    [["list", "--activity", "swim"], 3, "No activity has that label."],
    [["list", "--not-activity", "swim"], 3, "No activity has that label."],
    [["list", "--mood", "0-3"], 2, "The mood must be a whole number from 1 to 5."],
    [["list", "--mood", "3-1"], 2, '"3-1" is no range of moods.'],
    [["list", "assessments", "--mood", "3"], 2, "--mood is for moods."],
    [["list", "moods", "--type", "phq9"], 2, "--type is for assessments and schedules."],
    [["list", "--csv", "--jsonl"], 2, "Only one of --json, --jsonl and --csv can be given."],
  ])("%j is refused", async (args, code, sentence) => {
    const { device } = await threeMoods();
    const result = await device.run(args);
    expect({ code: result.code, sentence: result.stderr.split("\n")[0] }).toEqual({ code, sentence });
  });
});

test("list all prints every kind under its heading, and deleted ones when asked for", async () => {
  const device = createDevice();
  await device.run(["log", "mood", "4", "-a", "run"]);
  await device.run(["log", "assessment", "gad7", "--score", "6"]);
  await device.run(["schedule", "add", "gad7", "monthly"]);
  await device.run(["delete", "@last"]);
  const { stdout } = await device.run(["list", "all"]);
  expect(stdout.match(/^[A-Z]\w+$/gm)).toEqual(["Entries", "Activities", "Schedules"]);
  expect(
    (await device.json(["list", "all"])).map((entity: { entity_type: string }) => entity.entity_type),
  ).toEqual(["MoodEntry", "Activity", "Schedule"]);
  const [deleted] = await device.json(["list", "assessments", "--deleted"]);
  expect(deleted.metadata.deleted_at).toBe("2026-11-22T08:30:00.001Z");
  expect((await device.run(["list", "assessments", "--deleted"])).stdout).toMatch(
    / 6 {2}GAD-7 mild {2}deleted /,
  );
});

test("list all has moods and assessments in one order of time", async () => {
  const device = createDevice();
  await device.run(["log", "mood", "4", "--at", "8:00"]);
  await device.run(["log", "assessment", "gad7", "--score", "6", "--at", "8:30"]);
  await device.run(["log", "mood", "2", "--at", "9:00"]);
  const clocks = async (...args: string[]) =>
    (await device.run(["list", "all", ...args])).stdout.match(/0\d:\d\d/g);
  expect(await clocks()).toEqual(["09:00", "08:30", "08:00"]);
  expect(await clocks("--reverse")).toEqual(["08:00", "08:30", "09:00"]);
  expect(await clocks("-n", "2")).toEqual(["09:00", "08:30"]);
});

describe("for programs", () => {
  async function device() {
    const device = createDevice();
    await device.run(["log", "mood", "4", "-a", "run", "-a", "=1+1", "-n", '-2, "so"\nto say']);
    await device.run(["log", "assessment", "gad7", "--score", "6"]);
    return device;
  }

  test("JSON has the labels of activities beside their ids, by the name that they have now", async () => {
    const { json, run } = await device();
    await run(["activity", "edit", "run", "--label", "running"]);
    const [mood] = await json(["list"]);
    expect(mood.activity_labels).toEqual(["running", "=1+1"]);
    expect(mood.activities).toHaveLength(2);
  });

  test("--jsonl prints what --json prints, one entry a line", async () => {
    const { json, run } = await device();
    const lines = (await run(["list", "all", "--jsonl"])).stdout.trimEnd().split("\n");
    expect(lines.map((line) => JSON.parse(line))).toEqual(await json(["list", "all"]));
  });

  test("no cell of --csv begins a formula, and numbers stay numbers", async () => {
    const { run } = await device();
    const { stdout } = await run(["list", "all", "--csv"]);
    const [heading, mood] = stdout.split(/\n(?=[A-Z])/);
    expect(heading).toMatch(
      /^entity_type,id,recorded_at,value,activities,note,taken_at,assessment_type,score,/,
    );
    expect(mood).toMatch(/^MoodEntry,[^,]+,2026-11-22T[^,]+,4,run; =1\+1,"'-2, ""so""\nto say",,/);
    expect(stdout).toMatch(/\nAssessmentEntry,[^,]+,,,,,2026[^,]+,GAD-7,6,mild,/);
    expect(stdout).toMatch(/,'=1\+1,/);
  });
});

test("--type lists assessments, in any spelling", async () => {
  const device = createDevice();
  await device.run(["log", "assessment", "phq9", "--score", "6"]);
  await device.run(["log", "assessment", "gad7", "--score", "3"]);
  const scores = async (...args: string[]) =>
    (await device.json(["list", ...args])).map(({ score }: { score: number }) => score);
  expect(await scores("--type", "PHQ 9")).toEqual([6]);
  expect(await scores("assessments", "--type", "gad-7")).toEqual([3]);
  expect(await scores("--type", "pcl5")).toEqual([]);
});
