import { writeFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, test } from "vitest";
import { DAY_MS } from "../../src/domain/time/durations.ts";
import { createDevice } from "../helpers/device/device.ts";

const NEUTRAL = "Support lines, at any time: moodsync help-now";

describe("log assessment", () => {
  test("scores answers, derives the severity and stores how it was made", async () => {
    const device = createDevice();
    const { stdout } = await device.run(["log", "assessment", "Gad 7", "--answers", "1,1,2,2,1,2,1"]);
    expect(stdout).toMatch(/^Logged GAD-7 10 \(moderate\) · Sun 22 Nov 09:30 · [0-9a-f]{7}\n$/);
    const [entry] = await device.json(["list", "assessments"]);
    expect(entry).toMatchObject({
      entity_type: "AssessmentEntry",
      assessment_type: "GAD-7",
      score: 10,
      severity: "moderate",
      answers: [1, 1, 2, 2, 1, 2, 1],
      source: "answered",
      instrument_version: "1",
      taken_at: "2026-11-22T09:30:00.000+01:00",
    });
    expect(entry).not.toHaveProperty("difficulty");
  });

  test("takes a total from elsewhere, also of a type of one's own", async () => {
    const device = createDevice();
    const isi = await device.json(["log", "assessment", "isi", "--score", "14", "--at", "2026-03-01"]);
    expect(isi).toMatchObject({
      assessment_type: "ISI",
      score: 14,
      severity: "subthreshold",
      source: "score-only",
    });
    expect(isi).not.toHaveProperty("answers");
    const own = await device.json(["log", "assessment", "my scale", "--score", "-7", "--difficulty", "2"]);
    expect(own).toMatchObject({
      assessment_type: "my scale",
      score: -7,
      severity: "",
      difficulty: 2,
      safety: null,
    });
  });

  test("says on a terminal what has changed, and when it makes sense again", async () => {
    const device = createDevice();
    const line = ["log", "assessment", "phq9", "--answers"];
    await device.run([...line, "3,2,2,2,1,2,1,1,0", "--at", "2026-03-12"]);
    const { stderr } = await device.run([...line, "1,1,1,1,1,1,0,0,0"], { terminal: true });
    expect(stderr.split("\n").slice(1)).toEqual([
      "8 less than on 12 March, reliable change: fewer symptoms, from moderate to mild.",
      "Next from Sunday 6 December; the questions look back 2 weeks.",
      "",
    ]);
    expect((await device.run([...line, "1,1,1,1,1,1,0,0,0", "--json"], { terminal: true })).stdout).toMatch(
      /^\{/,
    );
  });

  test("points out that two results ask about the same days", async () => {
    const device = createDevice();
    await device.run(["log", "assessment", "gad7", "--score", "3", "--at", "2026-11-12"]);
    const { code, stderr } = await device.run(["log", "assessment", "gad7", "--score", "3"]);
    expect({ code, stderr }).toEqual({
      code: 0,
      stderr: "Taken 9 days after the last; the questions look back 14.\n",
    });
    const later = await device.run(["log", "assessment", "gad7", "--score", "3", "--at", "2026-10-01"]);
    expect(later.stderr).toBe("");
  });

  test.each([
    ["a score out of range", ["phq9", "--score", "28"], "The score of PHQ-9 must be from 0 to 27."],
    ["a negative score", ["gad7", "--score", "-1"], "The score of GAD-7 must be from 0 to 21."],
    ["a score in words", ["gad7", "--score", "low"], "The score must be a whole number."],
    [
      "too few answers",
      ["phq9", "--answers", "0,0,0"],
      "PHQ-9 has 9 answers, each a whole number from 0 to 3; another number of answers was given.",
    ],
    [
      "too many answers",
      ["gad7", "--answers", "0,0,0,0,0,0,0,0"],
      "GAD-7 has 7 answers, each a whole number from 0 to 3; another number of answers was given.",
    ],
    [
      "an answer out of range",
      ["gad7", "--answers", "0,0,0,4,0,0,0"],
      "Answer 4 of GAD-7 is not valid: it must be from 0 to 3.",
    ],
    [
      "an incomplete questionnaire",
      ["phq9", "--answers", "0,0,-,0,0,0,0,0,0"],
      "Answer 3 of PHQ-9 is not valid: this item cannot be left out.",
    ],
    ["no answers where nobody can be asked", ["phq9"], "The questions can be asked on a terminal only."],
    ["no score of one without questions", ["isi"], /^ISI is recorded by its total score/],
    ["no score of an unknown one", ["mine"], "This assessment is not known here, so give its total."],
    ["both", ["phq9", "--score", "0", "--answers", "0"], "Give either --answers or --score."],
    [
      "answers to an unknown one",
      ["mine", "--answers", "0,1"],
      "Answers cannot be scored, because this assessment is not known here.",
    ],
    [
      "a type that is too long",
      ["x".repeat(65), "--score", "1"],
      "The assessment type must have at most 64 characters.",
    ],
    [
      "an impossible difficulty",
      ["phq9", "--score", "1", "--difficulty", "4"],
      /^The difficulty must be from 0/,
    ],
  ])("refuses %s and stores nothing", async (_, args, message) => {
    const device = createDevice();
    const { code, stdout, stderr } = await device.run(["log", "assessment", ...args]);
    expect({ code, stdout, sentence: stderr.split("\n")[0] }).toEqual({
      code: 2,
      stdout: "",
      sentence: typeof message === "string" ? message : expect.stringMatching(message),
    });
    expect(await device.json(["list", "all"])).toEqual([]);
  });
});

test.each([
  ["phq9", "--answers 0,1,0,1,0,1,0,1,0` gives its 9 answers, each from 0 to 3; --score takes a total."],
  ["K10", "`moodsync log assessment k10 --answers 1,2,1,2,1,2,1,2,1,2` gives its 10 answers"],
  ["who-5", "`moodsync log assessment who5 --score 100` takes a total of 100."],
])("without a terminal the line that would be right for %s is named", async (type, line) => {
  const { code, stderr } = await createDevice().run(["log", "assessment", type]);
  expect(code).toBe(2);
  expect(stderr).toContain(line);
});

describe("the safety rule of the PHQ-9's last item", () => {
  const ANSWERS = ["log", "assessment", "phq9", "--answers", "0,0,0,0,0,0,0,0,1"];

  test.each([[[]], [["--quiet"]], [["--json"]]])(
    "it is shown on stderr with options %j, and the exit code is 0",
    async (options) => {
      const device = createDevice();
      device.env.LANG = "en_GB.UTF-8";
      const { code, stdout, stderr } = await device.run([...ANSWERS, ...options]);
      expect(code).toBe(0);
      expect(stderr).toMatch(/^You noted thoughts of being better off dead or of hurting yourself\./);
      expect(stderr.indexOf("116 123")).toBeLessThan(stderr.indexOf("988"));
      expect(stdout.startsWith("You noted")).toBe(false);
    },
  );

  test("with --json it is part of the answer", async () => {
    const device = createDevice();
    const { safety } = await device.json(ANSWERS);
    expect(safety).toMatchObject({ triggered: true, item: 9 });
    expect(safety.text).toContain("You don't have to handle that alone");
    expect(safety.resources).toContainEqual({
      regions: ["GB", "IE"],
      place: "UK & Ireland",
      name: "Samaritans",
      contact: "call 116 123",
    });
  });

  test("it is shown although the result cannot be stored", async () => {
    const device = createDevice();
    writeFileSync(join(device.home, "moodsync.db"), "this is no database, but a text");
    const { code, stderr } = await device.run(ANSWERS);
    expect(code).toBe(1);
    expect(stderr).toMatch(/^You noted thoughts[\s\S]*988[\s\S]*not a moodsync database/);
  });

  test("it is shown when answers are edited, too", async () => {
    const device = createDevice();
    const calm = await device.run(["log", "assessment", "phq9", "--answers", "3,3,3,3,3,3,3,3,0"]);
    expect(calm.stderr).toBe(`${NEUTRAL}\n`);
    const edited = await device.run(["edit", "@last", "--answers", "0,0,0,0,0,0,0,0,3"]);
    expect(edited.stderr).toMatch(/^You noted thoughts/);
  });

  test.each([
    ["restore", [["delete", "@last", "--yes"]], ["restore", "@last"]],
    ["undo", [["delete", "@last", "--yes"]], ["undo"]],
    ["undo of an edit", [["edit", "@last", "--answers", "0,0,0,0,0,0,0,0,0"]], ["undo"]],
    ["redo", [["undo"]], ["redo"]],
  ])("it is shown by %s of a result of the last two weeks, before its score", async (_, before, command) => {
    const device = createDevice();
    await device.run([...ANSWERS, "--at", "2026-11-10"]);
    for (const args of before) await device.run(args);
    device.nowMs += DAY_MS;
    const { code, stdout, stderr } = await device.run([...command, "--quiet"]);
    expect({ code, stdout }).toEqual({ code: 0, stdout: "" });
    expect(stderr).toMatch(/You noted thoughts of being better off dead or of hurting yourself\./);
  });

  test("with --json restore, undo and redo carry it", async () => {
    const device = createDevice();
    await device.run(ANSWERS);
    await device.run(["undo"]);
    const shown = { triggered: true, item: 9 };
    expect(await device.json(["redo"])).toMatchObject({ safety: shown });
    await device.run(["delete", "@last", "--yes"]);
    expect(await device.json(["undo"])).toMatchObject({ safety: shown });
    await device.run(["delete", "@last", "--yes"]);
    expect(await device.json(["restore", "@last"])).toMatchObject({ score: 1, safety: shown });
    expect(await device.json(["undo"])).toMatchObject({ safety: null });
  });

  test("an older result comes back without it", async () => {
    const device = createDevice();
    await device.run([...ANSWERS, "--at", "2026-11-01"]);
    await device.run(["delete", "@last", "--yes"]);
    expect((await device.run(["restore", "@last"])).stderr).toBe("");
    await device.run(["undo", "--yes"]);
    expect((await device.run(["redo"])).stderr).toBe("");
  });

  test("an item that was not answered makes a PHQ-8, and says so, without reassuring", async () => {
    const device = createDevice();
    const { stdout, stderr } = await device.run([
      "log",
      "assessment",
      "phq9",
      "--answers",
      "1,1,1,1,1,1,1,1,-",
    ]);
    expect(stdout).toContain("Logged PHQ-9 8 (mild) · item 9 not answered, scored as PHQ-8 · ");
    expect(stderr).toBe(`${NEUTRAL}\n`);
    const [entry] = await device.json(["list", "assessments"]);
    expect(entry.answers).toEqual([1, 1, 1, 1, 1, 1, 1, 1, null]);
  });

  test.each([
    ["PHQ-9", "0", `${NEUTRAL}\n`],
    ["EPDS", "3", `${NEUTRAL}\n`],
    ["GAD-7", "21", `${NEUTRAL}\n`],
    ["GAD-7", "0", ""],
  ])("a total of %s %s gets the neutral line or none", async (type, score, stderr) => {
    const device = createDevice();
    expect((await device.run(["log", "assessment", type, "--score", score])).stderr).toBe(stderr);
  });
});

describe("help-now", () => {
  test.each([
    ["a home that cannot be", { MOODSYNC_HOME: "/dev/null/nowhere" }],
    ["no environment", {}],
  ])("works with %s", async (_, env) => {
    const device = createDevice();
    device.env = env;
    const { code, stdout } = await device.run(["help-now", "please", "--anything"]);
    expect(code).toBe(0);
    expect(stdout).toContain("988");
    expect(stdout).toContain("findahelpline.com");
  });

  test("works with a broken database, and as JSON", async () => {
    const device = createDevice();
    writeFileSync(join(device.home, "moodsync.db"), "");
    const { text, resources, reviewed } = await device.json(["help-now"]);
    expect(text).toContain("116 123");
    expect(resources.length).toBeGreaterThan(3);
    expect(reviewed).toBe("2026-11-22");
  });
});
