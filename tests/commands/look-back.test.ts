import { beforeAll, describe, expect, test } from "vitest";
import { createDevice, type Device } from "../helpers/device/device.ts";
import { EVENING_MS, logInventedYear } from "../helpers/insights/log-invented-year.ts";
import { readDocument } from "../helpers/project/document.ts";

let device: Device;
beforeAll(() => {
  device = createDevice();
  device.nowMs = EVENING_MS;
  logInventedYear(device.home);
});

/** The keys of JSON, with those of what is in it; of a list, those of its first. */
function shapeOf(value: unknown): unknown {
  if (Array.isArray(value)) return value.length === 0 ? [] : [shapeOf(value[0])];
  if (value === null || typeof value !== "object") return "value";
  return Object.fromEntries(Object.entries(value).map(([key, of]) => [key, shapeOf(of)]));
}

const EXAMPLES = [
  ...readDocument("docs/commands.md").matchAll(/<!-- looking back: (.+) -->\n```json\n([^`]+)```/g),
].map(([, words, json]) => [words!, JSON.parse(json!)] as const);

test("the examples of the page are there", () => {
  expect(EXAMPLES.length).toBeGreaterThan(1);
});

test.each(EXAMPLES)("`%s` prints the shape of the page", async (words, example) => {
  expect(shapeOf(await device.json(words.replace(" --json", "").split(" ")))).toEqual(shapeOf(example));
});

describe("stats", () => {
  test("counts a day once, in the place where its entries were written", async () => {
    const traveller = createDevice();
    const log = (value: string, at: string) => traveller.run(["log", "mood", value, "--at", at]);
    // 20 November three times over: in Tokyo, in Berlin before the day begins at 4, and in New York.
    await log("1", "2026-11-20T23:30:00+09:00");
    await log("3", "2026-11-21T03:30:00+01:00");
    await log("5", "2026-11-20T23:30:00-05:00");
    await log("2", "2026-11-21T04:00:00+01:00");
    expect(await traveller.json(["stats", "7d"])).toMatchObject({ entries: 4, days: 2, mean: 2.5 });
    expect(await traveller.json(["stats", "2026-11-20"])).toMatchObject({ entries: 3, days: 1, mean: 3 });
  });

  test("of both days on which clocks change count each of them once", async () => {
    const here = createDevice();
    for (const day of ["2026-03-28", "2026-03-29", "2026-10-25", "2026-10-26"]) {
      await here.run(["log", "mood", "4", "--at", `${day} 04:00`]);
      await here.run(["log", "mood", "2", "--at", `${day} 23:59`]);
    }
    expect(await here.json(["stats", "2026-03-28..2026-03-29"])).toMatchObject({
      entries: 4,
      days: 2,
      coverage: 1,
    });
    expect(await here.json(["stats", "2026-10-25..2026-10-26"])).toMatchObject({
      entries: 4,
      days: 2,
      coverage: 1,
    });
  });

  test("says what to do where nothing was ever logged, and refuses what is no period", async () => {
    const empty = createDevice();
    expect((await empty.run(["stats", "all"])).stdout).toBe("Nothing yet. `moodsync log mood 4` begins.\n");
    expect(await empty.json(["stats"])).toMatchObject({
      entries: 0,
      mean: null,
      before: null,
      weekdays: null,
    });
    expect(await empty.run(["stats", "someday"])).toMatchObject({ code: 2, stdout: "" });
  });

  test("prints a fact a line in plain words", async () => {
    const { stdout } = await device.run(["stats", "90d", "--plain"]);
    expect(stdout).toMatch(/^Mood, 28 August to 25 November 2026, 90 days\.\nMean 3\.3, median 3, /);
  });
});

describe("chart", () => {
  test("has every value of the picture in its JSON, and null where there is no entry", async () => {
    const { values, period } = await device.json(["chart", "30d"]);
    expect(period).toEqual({ from: "2026-10-27", to: "2026-11-25", days: 30 });
    expect(values).toHaveLength(30);
    expect(values.filter(({ value }: { value: number | null }) => value === null)).toHaveLength(4);
    expect(values.at(-1)).toMatchObject({ day: "2026-11-25", entries: 1, value: 4 });
  });

  test("draws no line before four days have entries, and says so", async () => {
    const few = createDevice();
    await few.run(["log", "mood", "4"]);
    const { stdout } = await few.run(["chart"]);
    expect(stdout).toContain("4 days with entries make a line; there is 1.");
    expect(stdout).toContain("●");
    expect(stdout).not.toMatch(/[\u2800-\u28ff]/);
  });
});

describe("insights", () => {
  test("says more of the activity that is named, and refuses what is neither a label nor a period", async () => {
    const { stdout } = await device.run(["insights", "Run", "1y"]);
    expect(stdout).toContain("with run your mood averaged");
    expect(await device.run(["insights", "someday"])).toMatchObject({ code: 2 });
    expect(await device.run(["insights", "run", "work"])).toMatchObject({ code: 2 });
    expect(await device.run(["insights", "--lag", "2"])).toMatchObject({ code: 2 });
  });

  test("says of one that is named and has no day what it needs", async () => {
    await device.run(["activity", "add", "sauna"]);
    const { stdout } = await device.run(["insights", "sauna"]);
    expect(stdout).toContain("sauna: 0 of 82 days, needs 10 more days.");
    expect((await device.run(["insights", "sauna", "--plain"])).stdout).toContain("sauna: 0 of 82 days.");
    expect((await device.run(["insights"])).stdout).not.toContain("sauna");
  });

  test("counts a merged activity for the other, and leaves out a deleted one", async () => {
    const other = createDevice();
    other.nowMs = EVENING_MS;
    logInventedYear(other.home);
    const labels = async () =>
      Object.fromEntries(
        (await other.json(["insights", "1y"])).activities.map(
          ({ label, days_with }: { label: string; days_with: number }) => [label, days_with],
        ),
      );
    const before = await labels();
    await other.run(["activity", "merge", "late night", "alcohol"]);
    await other.run(["activity", "delete", "reading", "--yes"]);
    const after = await labels();
    expect(after).not.toHaveProperty("reading");
    expect(after).not.toHaveProperty("late night");
    expect(after.alcohol).toBeGreaterThan(before.alcohol);
  });
});

describe("calendar and pixels", () => {
  test("show today in this month and nothing of the days to come", async () => {
    const { stdout } = await device.run(["calendar", "--plain"]);
    expect(stdout).toMatch(/^November 2026: mean 3\.3 on 22 of 25 days\.\n/);
    expect(stdout).not.toContain("26 November");
    expect((await device.run(["pixels"])).stdout).toContain("Dec 2025 to Nov 2026");
  });
});

describe("a period", () => {
  test.each([
    ["calendar", "2027-01"],
    ["stats", "2027"],
    ["chart", "2026-11-26"],
    ["report", "2027", "-o", "-"],
  ])("that begins after today is refused by `%s %s`", async (...words) => {
    expect(await device.run(words)).toEqual({
      code: 2,
      stdout: "",
      stderr: expect.stringMatching(/That period has not begun\.[\s\S]*`30d`/),
    });
  });

  test("that has begun ends today", async () => {
    const { period } = await device.json(["stats", "2026-11-25..2027"]);
    expect(period).toEqual({ from: "2026-11-25", to: "2026-11-25", days: 1 });
  });

  test.each(["2024", "30d", "2026-10-31..2026-11-01", "all"])(
    "of several months, like %s, is no month of a calendar",
    async (period) => {
      const { code, stderr } = await device.run(["calendar", period]);
      expect({ code, stderr }).toEqual({
        code: 2,
        stderr: expect.stringContaining("A calendar shows one month, and that period lies in more."),
      });
    },
  );

  test("within a month shows that month", async () => {
    const { period } = await device.json(["calendar", "2026-10-05..2026-10-11"]);
    expect(period).toEqual({ from: "2026-10-01", to: "2026-10-31", days: 31 });
  });
});

describe("assessments", () => {
  test("show all results of the one that is named, and say so where there is none", async () => {
    const { stdout } = await device.run(["assessments", "phq9"]);
    expect(stdout).toContain("since the first, 12 Mar (14 moderate): −8, reliable: 6 or more\n");
    expect((await device.run(["assessments", "gad7"])).stdout).toMatch(/^No results yet\./);
  });
});

describe("a PHQ-9 without item 9", () => {
  test("is of 24 points, and its scoring is said", async () => {
    const other = createDevice();
    await other.run(["log", "assessment", "phq9", "--answers", "2,2,2,2,2,2,2,2,-"]);
    const { stdout } = await other.run(["assessments", "--plain"]);
    expect(stdout).toContain(": 16 of 24, moderately severe, item 9 not answered, scored as PHQ-8.");
    const [{ results }] = await other.json(["assessments"]);
    expect(results).toMatchObject([{ max: 24, scoring: "item 9 not answered, scored as PHQ-8" }]);
  });
});

describe("spark", () => {
  test("prints one line and nothing else", async () => {
    expect((await device.run(["spark"])).stdout).toBe("▄·██▂▆▆\n");
    expect((await device.run(["spark", "--digits"])).stdout).toBe("3·55244\n");
    expect((await createDevice().run(["spark"])).stdout).toBe("·······\n");
  });
});
