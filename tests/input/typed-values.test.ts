import { describe, expect, test } from "vitest";
import { parseAnswers } from "../../src/input/answers.ts";
import { checkedIcon, checkedLabel, checkedNote } from "../../src/input/checked-text.ts";
import { parseColour } from "../../src/input/colour.ts";
import { parseFrequency } from "../../src/input/frequency.ts";
import { parseMoodValue } from "../../src/input/mood-value.ts";
import { parseWholeNumber } from "../../src/input/whole-number.ts";

function refusalOf(read: () => unknown): string {
  try {
    return `accepted: ${JSON.stringify(read())}`;
  } catch (error) {
    const { code, message } = error as { code: string; message: string };
    return `${code}: ${message}`;
  }
}

describe("a mood value", () => {
  test.each([
    ["1", 1],
    [" 5 ", 5],
    ["awful", 1],
    ["Good", 4],
    ["GREAT", 5],
  ])("%j is %d", (text, value) => {
    expect(parseMoodValue(text)).toBe(value);
  });

  test.each(["0", "6", "3.5", "abc", "", "-1", "4,", "04", "1e0", "４", "goo"])("%j is refused", (text) => {
    expect(refusalOf(() => parseMoodValue(text))).toBe(
      "invalid_input: The mood must be a whole number from 1 to 5.",
    );
  });
});

describe("answers", () => {
  test.each([
    ["0,1,2", [0, 1, 2]],
    [" 0 , 1 , - ", [0, 1, null]],
    ["3", [3]],
    ["-1,12", [-1, 12]],
  ])("%j are %j", (text, answers) => {
    expect(parseAnswers(text)).toEqual(answers);
  });

  test.each(["", "0,,1", "0,1,", "0;1", "0 1", "a", "1.5,0", "0,1e1", ",".repeat(200)])(
    "%j are refused",
    (text) => {
      expect(refusalOf(() => parseAnswers(text))).toMatch(/^invalid_input: The answers must be/);
    },
  );
});

test("colours of six or three digits are brought to one form, and others refused", () => {
  expect(["#4CAF50", "4caf50", "#abc", " #ABC "].map(parseColour)).toEqual([
    "#4caf50",
    "#4caf50",
    "#aabbcc",
    "#aabbcc",
  ]);
  for (const text of ["", "red", "#12345", "#1234567", "#ggg", "##abc"]) {
    expect(refusalOf(() => parseColour(text))).toMatch(/^invalid_input: The colour must be/);
  }
});

test("a frequency is read in any case", () => {
  expect(["daily", "WEEKLY", "BiWeekly", " monthly "].map(parseFrequency)).toEqual([
    "Daily",
    "Weekly",
    "Biweekly",
    "Monthly",
  ]);
  expect(refusalOf(() => parseFrequency("yearly"))).toMatch(/^invalid_input: The frequency must be/);
});

test("whole numbers are plain digits within 32 bits", () => {
  expect(["12", "-3", "007", "-0", "2147483647"].map((text) => parseWholeNumber(text, "The score"))).toEqual([
    12, -3, 7, 0, 2147483647,
  ]);
  for (const text of ["", "1.5", "1e3", "0x10", "2147483648", "99999999999", "ten"]) {
    expect(refusalOf(() => parseWholeNumber(text, "The score"))).toBe(
      "invalid_input: The score must be a whole number.",
    );
  }
});

describe("a text", () => {
  test("that fits is stored as given, blanks around a label not", () => {
    expect(checkedNote(" a\nb ")).toBe(" a\nb ");
    expect(checkedNote("")).toBeNull();
    expect(checkedLabel("  Café Noir ")).toBe("Café Noir");
    expect(checkedIcon(" 🏃 ")).toBe("🏃");
    expect(checkedIcon("")).toBeNull();
    expect(checkedNote("🙂".repeat(10_000))).toHaveLength(20_000);
  });

  test.each([
    [
      "a note of 10,001 characters",
      () => checkedNote("x".repeat(10_001)),
      "The note must have at most 10,000 characters.",
    ],
    [
      "a note with NUL",
      () => checkedNote("a\u0000b"),
      "The note must be text without NUL and without broken characters (lone surrogates).",
    ],
    [
      "a note with a lone surrogate",
      () => checkedNote("a\ud800b"),
      "The note must be text without NUL and without broken characters (lone surrogates).",
    ],
    ["a blank label", () => checkedLabel("  "), "The label must not be empty."],
    [
      "a label of 81 characters",
      () => checkedLabel("🙂".repeat(81)),
      "The label must have at most 80 characters.",
    ],
    [
      "an icon of 17 characters",
      () => checkedIcon("x".repeat(17)),
      "The icon must have at most 16 characters.",
    ],
  ])("%s is refused in one sentence", (_, read, message) => {
    expect(refusalOf(read)).toBe(`invalid_input: ${message}`);
  });
});
