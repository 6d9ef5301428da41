import { stripVTControlCharacters } from "node:util";
import { describe, expect, test } from "vitest";
import { createDevice, type Device } from "../helpers/device/device.ts";
import { withoutCodes } from "../helpers/golden/golden.ts";

describe("log mood", () => {
  test("echoes what was stored in one line", async () => {
    const device = createDevice();
    const { code, stdout, stderr } = await device.run(["log", "mood", "4"]);
    expect(withoutCodes(stdout)).toMatch(/^Logged mood 4 \(good\) · Sun 22 Nov 09:30 · [0-9a-f]{7}\n$/);
    expect({ code, stderr }).toEqual({ code: 0, stderr: "" });
  });

  test("a clock time that has not come yet is yesterday's, and the answer says so", async () => {
    const device = createDevice();
    const { stdout } = await device.run(["log", "mood", "4", "--at", "23:00"]);
    expect(withoutCodes(stdout)).toMatch(/^Logged mood 4 \(good\) · yesterday, Sat 21 Nov 23:00 · /);
  });

  test("shows the week on a terminal, unless that is turned off", async () => {
    const device = createDevice();
    await device.run(["log", "mood", "5", "--at", "2026-11-20 12:00"]);
    const log = async (...more: string[]) =>
      withoutCodes((await device.run(["log", "mood", "4", ...more], { terminal: true })).stdout);
    expect(await log()).toMatch(
      /^Logged mood 4 .*\n\n Mon Tue Wed Thu Fri Sat Sun\n {2}· {3}· {3}· {3}· {2}█5 {3}· {2}▆4 {5}4\.5 on average, 2 of 7 days\n$/,
    );
    expect(await log("--quiet")).toBe("");
    expect(await log("--plain")).toContain("\nLast 7 days: 4.5 on average, 2 of 7 days.\n");
    const { stdout } = await device.run(["log", "mood", "4"], { terminal: true });
    expect(stdout).toContain("Logged mood \u001b[1m4 (good)\u001b[22m · ");
    await device.run(["config", "set", "log.week", "off"]);
    expect(await log()).toMatch(/^Logged mood 4 .*\n$/);
  });

  test("prints the entity with --json, and the offset of the place is kept", async () => {
    const device = createDevice();
    const entry = await device.json([
      "log",
      "mood",
      "great",
      "-n",
      "light\nand warm",
      "--at",
      "2026-07-01 21:00",
    ]);
    expect(entry).toEqual({
      entity_type: "MoodEntry",
      id: expect.stringMatching(/^[0-9a-f-]{36}$/),
      value: 5,
      activities: [],
      note: "light\nand warm",
      recorded_at: "2026-07-01T21:00:00.000+02:00",
      metadata: {
        created_at: "2026-11-22T08:30:00.000Z",
        updated_at: "2026-11-22T08:30:00.000Z",
        deleted_at: null,
      },
    });
    expect(await device.json(["show", entry.id])).toEqual(entry);
  });

  test("creates unknown activities and says so, and finds known ones whatever their case", async () => {
    const device = createDevice();
    const first = await device.run(["log", "mood", "4", "-a", "run", "--activity", " Café  Noir"]);
    expect(first.stderr).toBe('Created activity "run".\nCreated activity "Café  Noir".\n');
    expect(first.stdout).toContain(" · run, Café  Noir · ");
    const second = await device.run(["log", "mood", "3", "-a", "RUN", "-a", "run", "-a", "cafe\u0301 noir"]);
    expect(second.stderr).toBe("");
    const [, earlier] = await device.json(["list"]);
    const [entry] = await device.json(["list"]);
    expect(entry.activities).toEqual(earlier.activities);
    expect(await device.json(["activity", "list"])).toHaveLength(2);
  });

  test("refuses a label that is one letter from an existing one of five or more, and stores nothing", async () => {
    const device = createDevice();
    await device.run(["log", "mood", "4", "-a", "running", "-a", "walk"]);
    for (const typo of ["runing", "runninh", "runnings", "runnign", "Runing"]) {
      const { code, stderr, stdout } = await device.run(["log", "mood", "2", "-a", "new one", "-a", typo]);
      expect({ code, stdout }).toEqual({ code: 2, stdout: "" });
      expect(stderr).toMatch(
        /^Did you mean "running"\?\nAn activity with nearly the same label exists already\.\n/,
      );
      expect(stderr).not.toContain("Created");
    }
    expect(await device.json(["list"])).toHaveLength(1);
    expect(await device.json(["activity", "list"])).toHaveLength(2);
    expect((await device.run(["log", "mood", "2", "-a", "walks"])).code).toBe(0);
    expect((await device.run(["log", "mood", "2", "-a", "runing", "--create"])).stderr).toContain("Created");
  });

  test("reads the note from standard input for -n -", async () => {
    const device = createDevice();
    await device.run(["log", "mood", "3", "-n", "-"], { input: "first line\nsecond line\n" });
    const [entry] = await device.json(["list"]);
    expect(entry.note).toBe("first line\nsecond line");
  });

  test("prints nothing with --quiet", async () => {
    const device = createDevice();
    expect(await device.run(["log", "mood", "4", "-a", "run", "--quiet"])).toEqual({
      code: 0,
      stdout: "",
      stderr: "",
    });
  });

  test("shows control characters of a label written out", async () => {
    const device = createDevice();
    const { stdout, stderr } = await device.run(["log", "mood", "4", "-a", "a\u001b[2Jb"]);
    expect(stdout + stderr).not.toContain("\u001b");
    expect(stderr).toContain("a\\u001b[2Jb");
  });
});

describe("short forms of log mood", () => {
  test.each([
    ["4", ["4", "-a", "run"]],
    ["4", ["log", "4", "-a", "run"]],
    ["4", ["mood", "4", "-a", "run"]],
    ["4", ["good", "-a", "run"]],
    ["4", ["log", "Good", "-a", "run"]],
    ["4", ["--plain", "4", "-a", "run"]],
  ])("a mood of %s is logged by %j", async (value, args) => {
    const device = createDevice();
    expect(await device.run(args)).toMatchObject({ code: 0 });
    expect(await device.json(["list"])).toMatchObject([
      { value: Number(value), activities: [expect.any(String)] },
    ]);
  });

  test("a number that is no mood is refused as one, and anything else as no command", async () => {
    const device = createDevice();
    expect((await device.run(["6"])).stderr).toContain("The mood must be a whole number from 1 to 5.");
    expect((await device.run(["44"])).stderr).toContain("There is no such command.");
    expect((await device.run(["goodbye"])).stderr).toContain("There is no such command.");
  });

  test("ls lists and rm deletes", async () => {
    const device = createDevice();
    const { id } = await device.json(["log", "mood", "4"]);
    expect(await device.json(["ls"])).toHaveLength(1);
    expect(await device.run(["rm", id])).toMatchObject({ code: 0 });
    expect(await device.json(["ls"])).toEqual([]);
  });
});

describe("log mood without a value, on a terminal", () => {
  const ask = (device: Device, input: string, ...args: string[]) =>
    device.run(["log", "mood", ...args], { terminal: true, input });

  test("asks for the mood, what was part of it, and a note", async () => {
    const device = createDevice();
    await device.run(["log", "mood", "3", "-a", "work,walk"]);
    await device.run(["log", "mood", "3", "-a", "work"]);
    const { code, stdout, stderr } = await ask(device, "9\n4\na w\nfelt light\n");
    expect(code).toBe(0);
    expect(withoutCodes(stdout.split("\n")[0]!)).toMatch(
      /^Logged mood 4 \(good\) · Sun 22 Nov 09:30 · walk, work · /,
    );
    expect(stderr).toContain("How are you?  1 awful  2 bad  3 meh  4 good  5 great\n");
    expect(stderr).toContain("The mood must be a whole number from 1 to 5.\n");
    expect(stripVTControlCharacters(stderr)).toMatch(/ {2}w {3}work {11}a {3}walk *\n/);
    const moods: { value: number; note: string }[] = await device.json(["list"]);
    expect(moods.find(({ value }) => value === 4)?.note).toBe("felt light");
  });

  test("takes labels in place of letters, and asks about one that is nearly another", async () => {
    const device = createDevice();
    await device.run(["log", "mood", "3", "-a", "work"]);
    const { stdout, stderr } = await ask(device, "2\nwrok, wokr, long walk\n\nn\n\n");
    expect(stderr).toContain('There is no "wrok". Did you mean "work"?');
    expect(stdout).toContain(" · work, wokr, long walk · ");
  });

  test.each([
    ["t, e a", [], "tennis, eggs, allotment"],
    ["tea", [""], "tennis, eggs, allotment"],
    ["tea", ["l"], "tea"],
    ["tea, art", ["l", "l"], "tea, art"],
    ["tea, t", ["l"], "tea, tennis"],
    ["ale", [], "ale"],
    ["Ale, E", [], "ale, eggs"],
    ["tent", [], "tent"],
  ])("takes %j, then %j, as %s", async (typed, answers, activities) => {
    const device = createDevice();
    await device.run(["log", "mood", "3", "-a", "tennis,eggs,allotment,rowing"]);
    // Its letter is l, and all of it are letters that are offered.
    await device.run(["activity", "add", "ale"]);
    const { stdout, stderr } = await ask(device, `${["4", typed, ...answers, ""].join("\n")}\n`);
    expect(withoutCodes(stdout.split("\n")[0]!)).toContain(` · ${activities} · `);
    const asked = withoutCodes(stderr).match(/"\w+" can be the letters of .*, or a label of its own\./g);
    expect(asked ?? []).toHaveLength(answers.length);
  });

  test("asks only for what was not given", async () => {
    const device = createDevice();
    const { stdout, stderr } = await ask(device, "5\n", "-a", "run", "-n", "light", "--at", "yesterday 9pm");
    expect(withoutCodes(stdout)).toMatch(/^Logged mood 5 \(great\) · .*21 Nov 21:00.* · run/);
    expect(stderr).not.toContain("Note");
  });

  test.each([["q\n"], ["4\n\u0003"], ["4\nrun\n\u0004"], ["4\n"]])(
    "left with %j it stores nothing",
    async (input) => {
      const device = createDevice();
      expect(await ask(device, input)).toMatchObject({ code: 130, stdout: "" });
      expect(await device.json(["list", "all"])).toEqual([]);
    },
  );

  test("never offers what is archived or was merged", async () => {
    const device = createDevice();
    await device.run(["log", "mood", "3", "-a", "work,jogging,run"]);
    await device.run(["activity", "archive", "work"]);
    await device.run(["activity", "merge", "jogging", "run"]);
    const { stderr } = await ask(device, "4\nr\n\n");
    expect(stripVTControlCharacters(stderr)).toMatch(/ {2}r {3}run *\n/);
    expect(stderr).not.toMatch(/work|jogging/);
  });

  test("says each activity on a line of its own in plain words", async () => {
    const device = createDevice();
    await device.run(["log", "mood", "3", "-a", "work,run"]);
    const { stderr } = await ask(device, "4\n\n\n", "--plain");
    expect(stderr).toContain("\nr run\nw work\n");
  });
});

test("a comma separates labels, unless an activity has all of it as its label", async () => {
  const device = createDevice();
  await device.run(["activity", "add", "run, slow"]);
  const { stdout } = await device.run([
    "log",
    "mood",
    "4",
    "-a",
    "run,work",
    "-a",
    " Run, slow",
    "-a",
    "swim,",
  ]);
  expect(stdout).toContain(" · run, work, run, slow, swim · ");
  expect(await device.json(["activity", "list"])).toHaveLength(4);
});

test.each([
  [["4", "slept", "well"], 'moodsync log mood 4 -n "slept well"'],
  [
    ["4", "-a", "night shift", "slept", "well", "--create"],
    'moodsync log mood 4 -a "night shift" --create -n "slept well"',
  ],
  [["4", "-n", "slept", "well"], 'moodsync log mood 4 -n "slept well"'],
  [["4", "it's", "$5"], "moodsync log mood 4 -n 'it'\\''s $5'"],
])(
  "of free words after a mood the right line is shown on a terminal, and in no error: %j",
  async (args, line) => {
    const device = createDevice();
    const onTerminal = await device.run(["log", "mood", ...args], { terminal: true });
    expect(onTerminal).toMatchObject({ code: 2, stdout: "" });
    expect(onTerminal.stderr.split("\n")[0]).toBe(`That would be: ${line}`);
    const inPipe = await device.run(["log", "mood", ...args, "--json"]);
    expect(inPipe.stdout + inPipe.stderr).not.toMatch(/slept well"?\s*$|\$5/m);
    expect(await device.json(["list"])).toEqual([]);
  },
);

test("a note from a terminal begins with how it ends", async () => {
  const device = createDevice();
  const { stderr } = await device.run(["log", "mood", "4", "-n", "-"], { terminal: true, input: "slept\n" });
  expect(stderr).toBe("Type the note. Ctrl-D on an empty line ends it and stores; Ctrl-C stores nothing.\n");
  expect(await device.json(["list"])).toMatchObject([{ note: "slept" }]);
});

describe("bad input to log mood stores nothing", () => {
  test.each([
    ["value 0", ["0"], "The mood must be a whole number from 1 to 5."],
    ["value 6", ["6"], "The mood must be a whole number from 1 to 5."],
    ["value 3.5", ["3.5"], "The mood must be a whole number from 1 to 5."],
    ["value abc", ["abc"], "The mood must be a whole number from 1 to 5."],
    ["no value", [], "How it was is missing: 1 (awful) to 5 (great)."],
    [
      "a note that is too long",
      ["3", "-n", "x".repeat(10_001)],
      "The note must have at most 10,000 characters.",
    ],
    [
      "a note with a lone surrogate",
      ["3", "-n", "a\ud800"],
      "The note must be text without NUL and without broken characters (lone surrogates).",
    ],
    ["a blank label", ["3", "-a", " "], "The label must not be empty."],
    ["a long label", ["3", "-a", "x".repeat(81)], "The label must have at most 80 characters."],
    [
      "too many activities",
      ["3", "--create", ...Array.from({ length: 101 }, (_, n) => ["-a", `activity ${n}`]).flat()],
      "A mood can have at most 100 activities.",
    ],
    [
      "an impossible date",
      ["3", "--at", "2026-02-30"],
      '"2026-02-30" does not exist in the years 1900 to 9999.',
    ],
    [
      "a skipped clock time",
      ["3", "--at", "2026-03-29 02:30"],
      '"2026-03-29 02:30" does not exist, because the clocks were put forward over it.',
    ],
    [
      "a time in the future",
      ["3", "--at", "2026-11-22 09:36"],
      '"2026-11-22 09:36" lies in the future, and only what has happened can be recorded.',
    ],
    ["words that mean no time", ["3", "--at", "whenever"], '"whenever" was not understood as a time.'],
    ["a second note", ["3", "--note", "a", "-n", "b"], "--note can be given only once."],
    ["an unknown option", ["3", "--wat"], "Unknown option '--wat'."],
    [
      "words that belong to no option",
      ["3", "slept", "well"],
      "There are words after the mood that belong to no option.",
    ],
  ])("%s", async (_, args, message) => {
    const device = createDevice();
    const { code, stdout, stderr } = await device.run(["log", "mood", ...args]);
    expect({ code, stdout, sentence: stderr.split("\n")[0] }).toEqual({
      code: 2,
      stdout: "",
      sentence: message,
    });
    const withJson = await device.run(["log", "mood", ...args, "--json"]);
    expect(JSON.parse(withJson.stdout).error).toEqual({
      code: expect.stringMatching(/^(invalid_input|usage)$/),
      message,
      hint: expect.toSatisfy((hint) => hint === null || typeof hint === "string"),
    });
    expect(await device.json(["list", "all"])).toEqual([]);
  });

  test.each([
    [
      "NUL",
      Buffer.from("a\u0000b"),
      "The note must be text without NUL and without broken characters (lone surrogates).",
    ],
    ["bytes that are not UTF-8", Buffer.from([0x61, 0xff]), "The text on standard input is not valid UTF-8."],
    [
      "more than a mebibyte",
      Buffer.alloc(1024 * 1024 + 1, "x"),
      "The text on standard input is longer than 1 MiB.",
    ],
  ])("a note from standard input with %s", async (_, input, message) => {
    const device = createDevice();
    const { code, stderr } = await device.run(["log", "mood", "3", "-n", "-"], { input });
    expect({ code, sentence: stderr.split("\n")[0] }).toEqual({ code: 2, sentence: message });
    expect(await device.json(["list", "all"])).toEqual([]);
  });
});
