import { existsSync, mkdirSync, readdirSync, statSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, test } from "vitest";
import { HOUR_MS } from "../../src/domain/time/durations.ts";
import { createDevice, type Device } from "../helpers/device/device.ts";
import { until } from "../helpers/until.ts";

/** Takes an assessment on a terminal, line by line; each line is typed and ended with Enter. */
function take(device: Device, type: string, lines: readonly string[], end = "") {
  const input = lines.map((line) => `${line}\r`).join("") + end;
  return device.run(["log", "assessment", type, "--plain"], { input, terminal: true });
}

const kept = (device: Device) =>
  readdirSync(join(device.home, "state")).filter((name) => /\.json$/.test(name));

test("the questions are asked one after the other, and the result is stored and shown", async () => {
  const device = createDevice();
  await device.run(["log", "assessment", "gad7", "--answers", "3,3,2,1,1,1,1", "--at", "2026-03-12"]);
  await device.run(["log", "assessment", "gad7", "--answers", "1,1,1,1,1,1,1", "--at", "2026-11-12"]);
  await device.run(["schedule", "add", "gad7", "biweekly", "--next-due", "2026-11-22 09:00"]);
  const { code, stdout, stderr } = await take(device, "gad7", [
    "",
    "1",
    "0",
    "2",
    "1",
    "1",
    "0",
    "0",
    "2",
    "",
  ]);
  expect(code).toBe(0);
  expect(stdout).toMatch(/^Logged GAD-7 5 \(mild\), Sun 22 Nov 09:30, [0-9a-f]{7}\n$/);
  expect(stderr).toContain(
    [
      "",
      "GAD-7: 5 of 21, mild.",
      "2 less than on 12 November, no reliable change (that is 4 or more).",
      "7 less than on 12 March, reliable change: fewer symptoms, from moderate to mild.",
      "Taken 9 days after the last; the questions look back 14.",
      "Next from Sunday 6 December; the questions look back 2 weeks.",
      "A screening range, not a diagnosis. Someone who knows you can make more of it than a number can.",
      "Stored. The schedule goes on to Sun 6 Dec.",
      "",
    ].join("\n"),
  );
  const [entry] = await device.json(["list", "assessments"]);
  expect(entry).toMatchObject({ answers: [1, 0, 2, 1, 1, 0, 0], difficulty: 2, source: "answered" });
  expect(kept(device)).toEqual([]);
});

test("plain words hold no sign of a box, a block or an arrow", async () => {
  const device = createDevice();
  const { stderr } = await take(device, "phq9", ["", ..."000000000", "v", ""]);
  expect(stderr).toContain("Question 9 of 9. Over the last 2 weeks");
  expect(stderr).not.toMatch(/[\u2190-\u21ff\u2500-\u259f\u25a0-\u25ff\u2713\u2800-\u28ff]/);
});

test("b and f go back and forward, and what is no answer is none", async () => {
  const device = createDevice();
  const { stderr } = await take(device, "phq2", ["", "1", "7", "b", "", "f", "", "3", ""]);
  expect(stderr).toContain("That is no answer. Type a number from 0 to 3.");
  expect(stderr).toContain("Your answer so far: 1, Several days.");
  expect(stderr).toContain("There is no total: 1 answer is open.");
  const [entry] = await device.json(["list", "assessments"]);
  expect(entry).toMatchObject({ assessment_type: "PHQ-2", answers: [1, 3] });
});

test("neither what is pasted nor an answer of the terminal answers a question", async () => {
  const device = createDevice();
  const strange = "\u001b[200~1\r1\r\u001b[201~\u001b]11;rgb:1111/2222/3333\u001b\\\u001b[?1;2c\u001b[A";
  const { code } = await device.run(["log", "assessment", "phq2", "--plain"], {
    input: `\r${strange}\r2\r${strange}0\r\r`,
    terminal: true,
  });
  expect(code).toBe(0);
  const [entry] = await device.json(["list", "assessments"]);
  expect(entry.answers).toEqual([2, 0]);
});

test("the PHQ-8 is one key away from the PHQ-9, and has no item 9", async () => {
  const device = createDevice();
  const { stderr } = await take(device, "phq9", ["8", "", ..."00000001", "0", ""]);
  expect(stderr).toContain("Question 9 asks about thoughts of being better off dead or of hurting yourself.");
  expect(stderr).toContain("PHQ-8: 1 of 24, minimal.");
  const [entry] = await device.json(["list", "assessments"]);
  expect(entry).toMatchObject({ assessment_type: "PHQ-8", answers: [0, 0, 0, 0, 0, 0, 0, 1] });
});

test("item 9 may be left out, and the result says what it is then", async () => {
  const device = createDevice();
  const { stderr } = await take(device, "phq9", ["", ..."11111111", "-", "f", ""]);
  expect(stderr).toContain("- Prefer not to answer; the total is then that of the PHQ-8");
  expect(stderr).toContain("PHQ-9: 8 of 24, mild, item 9 not answered, scored as PHQ-8.");
  const [entry] = await device.json(["list", "assessments"]);
  expect(entry.answers).toEqual([1, 1, 1, 1, 1, 1, 1, 1, null]);
  expect(entry).not.toHaveProperty("difficulty");
});

test("u takes the result back, with the due date that it moved", async () => {
  const device = createDevice();
  await device.run(["schedule", "add", "phq2", "weekly"]);
  const before = await device.json(["schedule", "list"]);
  const { stderr } = await take(device, "phq2", ["", "1", "1", "u"]);
  expect(stderr).toContain("Took back: PHQ-2 2 (below cut-off)");
  expect(await device.json(["list", "assessments"])).toEqual([]);
  const [schedule] = await device.json(["schedule", "list"]);
  expect(schedule.next_due_at).toBe(before[0].next_due_at);
});

describe("left before the end", () => {
  test.each([
    ["q", ["", "1", "2", "q"], "", 0],
    ["Ctrl-C", ["", "1", "2"], "\u0003", 130],
    ["Ctrl-D", ["", "1", "2"], "\u0004", 130],
    ["the end of the input", ["", "1", "2"], "", 130],
  ])("by %s, the answers wait for 24 hours, for their owner alone", async (_, lines, end, exitCode) => {
    const device = createDevice();
    const { code, stdout, stderr } = await take(device, "gad7", lines, end);
    expect({ code, stdout }).toEqual({ code: exitCode, stdout: "" });
    expect(stderr).toContain(
      "Nothing was stored yet; 2 of the 7 answers to the GAD-7 wait for 24 hours. `moodsync log assessment gad7` goes on.",
    );
    const file = join(device.home, "state", "questionnaire-gad7.json");
    expect(statSync(file).mode & 0o777).toBe(0o600);
    expect(await device.json(["list", "assessments"])).toEqual([]);
    device.nowMs += 23 * HOUR_MS;
    const again = await take(device, "gad7", ["", "0", "0", "0", "0", "0", "f", ""]);
    expect(again.stderr).toContain("left it on Sun 22 Nov 09:30; 2 of 7 questions are answered.");
    const [entry] = await device.json(["list", "assessments"]);
    expect(entry.answers).toEqual([1, 2, 0, 0, 0, 0, 0]);
    expect(existsSync(file)).toBe(false);
  });

  test("begun anew, the earlier answers are gone", async () => {
    const device = createDevice();
    await take(device, "phq2", ["", "3", "q"]);
    await take(device, "phq2", ["n", "", "0", "q"]);
    await take(device, "phq2", ["", "0", ""]);
    const [entry] = await device.json(["list", "assessments"]);
    expect(entry.answers).toEqual([0, 0]);
  });

  test("begun anew and left before an answer, none waits, and it says so", async () => {
    const device = createDevice();
    await take(device, "phq2", ["", "3", "q"]);
    const { stderr } = await take(device, "phq2", ["n", "q"]);
    expect(stderr).toMatch(/Nothing was stored\.\n$/);
    expect(kept(device)).toEqual([]);
  });

  test("where the answers cannot be kept, it says so and promises nothing", async () => {
    const device = createDevice();
    mkdirSync(join(device.home, "state", "questionnaire-gad7.json", "in the way"), { recursive: true });
    const { stderr } = await take(device, "gad7", ["", "1", "q"]);
    expect(stderr).toContain("The answers so far cannot be kept: ");
    expect(stderr).toMatch(/Nothing was stored\.\n$/);
  });

  test("where the answers that waited cannot be removed, the result is stored and shown all the same", async () => {
    const device = createDevice();
    mkdirSync(join(device.home, "state", "questionnaire-phq2.json", "in the way"), { recursive: true });
    const { code, stdout, stderr } = await take(device, "phq2", ["", "1", "1", ""]);
    expect({ code, stdout }).toMatchObject({ code: 0, stdout: expect.stringContaining("Logged PHQ-2 2") });
    expect(stderr).toContain("PHQ-2: 2 of 6");
  });

  test("after 24 hours they wait no longer, and any command that writes removes them", async () => {
    const device = createDevice();
    await take(device, "gad7", ["", "3", "q"]);
    device.nowMs += 24 * HOUR_MS;
    await device.run(["log", "mood", "4"]);
    expect(kept(device)).toEqual([]);
  });

  test("when it was taken is what was said at first", async () => {
    const device = createDevice();
    const args = ["log", "assessment", "phq2", "--plain", "--at", "2026-11-20 12:00"];
    await device.run(args, { input: "\r1\rq\r", terminal: true });
    await take(device, "phq2", ["", "1", ""]);
    const [entry] = await device.json(["list", "assessments"]);
    expect(entry.taken_at).toBe("2026-11-20T12:00:00.000+01:00");
  });
});

describe("item 9 of the PHQ-9", () => {
  const NOTICE = "You noted thoughts of being better off dead or of hurting yourself.";

  test("is heeded before anything else, and the nine answers are stored by then", async () => {
    const device = createDevice();
    // The input ends where Enter is waited for: nothing typed ahead counts there.
    const { code, stdout, stderr } = await take(device, "phq9", ["", ..."000000001", ""]);
    expect(code).toBe(130);
    expect(stderr.indexOf(NOTICE)).toBeGreaterThan(stderr.indexOf("Question 9 of 9."));
    expect(stderr).not.toContain("not scored");
    expect(stderr).not.toContain("1 of 27");
    expect(stderr).toContain("The result is stored.");
    expect(stdout).toContain("Logged PHQ-9 1 (minimal)");
    const [entry] = await device.json(["list", "assessments"]);
    expect(entry.answers).toEqual([0, 0, 0, 0, 0, 0, 0, 0, 1]);
  });

  test("is heeded again by whoever goes on after it, before they are asked anything", async () => {
    const device = createDevice();
    // Question 1 is passed by, so there is no result yet.
    const left = await take(device, "phq9", ["", "f", ..."0000000", "2"]);
    expect(left.stderr).toContain(NOTICE);
    expect(left.stderr).toContain("8 of the 9 answers to the PHQ-9 wait");
    const again = await take(device, "phq9", []);
    expect(again.stderr).toContain(NOTICE);
    expect(again.stderr).not.toContain("8 of 9 questions are answered");
  });

  /** Types the nine answers, and the lines once they are stored and the notice waits for Enter. */
  async function* typedAfterNotice(device: Device, lines: readonly string[]) {
    yield Buffer.from(["", ..."111111113"].map((line) => `${line}\r`).join(""));
    await until(async () => (await device.json(["list", "assessments"])).length > 0);
    yield Buffer.from(lines.map((line) => `${line}\r`).join(""));
  }

  test.each([
    ["", ["", "b", "0", "1", "v", ""], 0, "PHQ-9: 8 of 27, mild."],
    [" by leaving it out", ["", "b", "-", "1", ""], null, "item 9 not answered, scored as PHQ-8."],
    [" by whoever then leaves", ["", "b", "0", "q"], 0, "Logged PHQ-9 8 (mild)"],
  ])("is stored as it was corrected after the notice%s", async (_, lines, ninth, said) => {
    const device = createDevice();
    const input = typedAfterNotice(device, lines);
    const args = ["log", "assessment", "phq9", "--plain"];
    const { stdout, stderr } = await device.run(args, { input, terminal: true });
    expect(stderr + stdout).toContain(said);
    if (lines.includes("v")) expect(stderr).toContain("hurting yourself in some way: 0, Not at all");
    const [entry] = await device.json(["list", "assessments"]);
    expect(entry).toMatchObject({ answers: [1, 1, 1, 1, 1, 1, 1, 1, ninth], score: 8 });
  });

  test("is heeded where the database is broken by then", async () => {
    const device = createDevice();
    await take(device, "phq9", ["", "f", ..."0000000", "2"]);
    writeFileSync(join(device.home, "moodsync.db"), "this is no database, but a text");
    const { code, stderr } = await take(device, "phq9", []);
    expect(code).toBe(1);
    expect(stderr).toMatch(/^You noted thoughts[\s\S]*988[\s\S]*not a moodsync database/);
  });

  test("h shows the support lines at any question", async () => {
    const device = createDevice();
    const { stderr } = await take(device, "gad7", ["h", "", "H", "q"]);
    expect(stderr.match(/findahelpline\.com/g)).toHaveLength(2);
  });
});
