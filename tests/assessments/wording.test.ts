import { createHash } from "node:crypto";
import { expect, test } from "vitest";
import { findInstrument, INSTRUMENTS } from "../../src/assessments/find-instrument.ts";
import { DIFFICULTY_QUESTION } from "../../src/assessments/instruments/phq-family.ts";

/** Of the wording that each version had when it was compared with its publication, word for word. Stored answers name
 *  their version, and are shown beside its questions: whoever changes a word gives the instrument another version. */
const WORDING: Record<string, string> = {
  "CES-D, 1": "64ae7be15ce393cc",
  "GAD-2, 1": "8d5f5028ca134fa5",
  "GAD-7, 1": "7a2395686ca5aa8b",
  "K10, 1-to-5 form, bands of the Australian Bureau of Statistics": "defb7199da67c8ce",
  "K6, 1": "40fb0ef870625835",
  "PCL-5, 1": "840679427a3659fd",
  "PHQ-15, 1": "750ed2dc2187502c",
  "PHQ-2, 1": "fe4f0364a16e17e3",
  "PHQ-4, 1": "d78110b2c5225e81",
  "PHQ-8, 1": "0e34782b6b0cd12e",
  "PHQ-9, 1": "24086da422d3d9ec",
};
const DIFFICULTY_WORDING = "cc014fc30f1e17c0";

/** Codes are no wording: one may be added later. */
const wordingOf = (value: unknown) => {
  const wording = JSON.stringify(value, (key, part) => (key === "loinc" ? undefined : part));
  return createHash("sha256").update(wording).digest("hex").slice(0, 16);
};

test("no question, option or reversed item changes within a version", () => {
  const found = INSTRUMENTS.flatMap(({ name, version, questions }) => {
    if (!questions) return [];
    const { stem, items, options, reversed } = questions;
    const texts = items.map(({ text, skip }) => [text, skip?.label ?? null]);
    return [[`${name}, ${version}`, wordingOf([stem, texts, options, reversed])]];
  });
  expect(Object.fromEntries(found)).toEqual(WORDING);
  expect(wordingOf(DIFFICULTY_QUESTION)).toBe(DIFFICULTY_WORDING);
});

const texts = (name: string) => findInstrument(name)!.questions!.items.map(({ text }) => text);

test("the short forms ask questions of the long ones", () => {
  expect(texts("PHQ-9").slice(0, 8)).toEqual(texts("PHQ-8"));
  expect(texts("PHQ-9").slice(0, 2)).toEqual(texts("PHQ-2"));
  expect(texts("GAD-7").slice(0, 2)).toEqual(texts("GAD-2"));
  expect(texts("PHQ-4")).toEqual([...texts("GAD-2"), ...texts("PHQ-2")]);
  expect(texts("K6")).toEqual([2, 4, 5, 8, 9, 10].map((number) => texts("K10")[number - 1]));
});

test("the lowest option of the GAD-7 is not at all, and the highest of the CES-D is most or all of the time", () => {
  expect(findInstrument("GAD-7")!.questions!.options[0]).toMatchObject({ value: 0, label: "Not at all" });
  expect(findInstrument("CES-D")!.questions!.options.at(-1)!.label).toBe(
    "Most or all of the time (5-7 days)",
  );
});
