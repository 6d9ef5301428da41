import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { findInstrument, INSTRUMENTS } from "../../src/assessments/find-instrument.ts";
import { isComplete, isScoredAsPhq8, scoreAnswers, scoreTotal } from "../../src/assessments/score.ts";

const phq9 = findInstrument("phq9")!;
const gad7 = findInstrument("gad7")!;
const who5 = findInstrument("who5")!;

test("a full set of answers gives the total, the band and the form that was used", () => {
  expect(scoreAnswers(phq9, [1, 1, 2, 2, 1, 1, 1, 1, 0])).toEqual({
    score: 10,
    severity: "moderate",
    answers: [1, 1, 2, 2, 1, 1, 1, 1, 0],
    source: "answered",
    instrument_version: "1",
  });
});

/** The published forms: number of items, lowest and highest value, items that count from the other end. */
const FORMS: Record<string, [items: number, min: number, max: number, reversed?: number[]]> = {
  "PHQ-9": [9, 0, 3],
  "PHQ-8": [8, 0, 3],
  "PHQ-2": [2, 0, 3],
  "GAD-7": [7, 0, 3],
  "GAD-2": [2, 0, 3],
  "PHQ-4": [4, 0, 3],
  "PCL-5": [20, 0, 4],
  "CES-D": [20, 0, 3, [4, 8, 12, 16]],
  K6: [6, 0, 4],
  K10: [10, 1, 5],
  "PHQ-15": [15, 0, 2],
};

test("the published forms are those whose questions can be asked", () => {
  const asked = INSTRUMENTS.filter(({ questions }) => questions).map(({ name }) => name);
  expect(asked.sort()).toEqual(Object.keys(FORMS).sort());
});

describe.each(Object.entries(FORMS))("%s", (name, [count, min, max, reversed = []]) => {
  const instrument = findInstrument(name)!;
  const worst = (index: number) => (reversed.includes(index + 1) ? min : max);
  const best = (index: number) => min + max - worst(index);
  const answersOf = (value: (index: number) => number) => Array.from({ length: count }, (_, i) => value(i));

  test("the total goes from one end of the range to the other", () => {
    expect(scoreAnswers(instrument, answersOf(best)).score).toBe(count * min);
    expect(scoreAnswers(instrument, answersOf(worst)).score).toBe(count * max);
    expect(instrument.score).toMatchObject({ min: count * min, max: count * max });
  });

  test("each step of each item counts 1, from its own end", () => {
    for (let index = 0; index < count; index++) {
      for (let value = min; value <= max; value++) {
        const answers = answersOf(best).with(index, value);
        const points = Math.abs(value - best(index));
        expect(scoreAnswers(instrument, answers).score).toBe(count * min + points);
      }
    }
  });

  test("any full set of answers has the band of its total", () => {
    const answers = fc.array(fc.integer({ min, max }), { minLength: count, maxLength: count });
    fc.assert(
      fc.property(answers, (given) => {
        const scored = scoreAnswers(instrument, given);
        expect(scored.severity).toBe(scoreTotal(instrument, scored.score).severity);
        expect(isComplete(instrument, scored.answers)).toBe(true);
      }),
    );
  });
});

describe("answers are refused", () => {
  test.each([
    ["one too few", phq9, [0, 0, 0, 0, 0, 0, 0, 0], /PHQ-9 has 9 answers/],
    ["one too many", gad7, [0, 0, 0, 0, 0, 0, 0, 0], /GAD-7 has 7 answers/],
    ["none", gad7, [], /GAD-7 has 7 answers/],
    [
      "above the range",
      gad7,
      [0, 0, 4, 0, 0, 0, 0],
      /Answer 3 of GAD-7 is not valid: it must be from 0 to 3/,
    ],
    ["below the range", gad7, [-1, 0, 0, 0, 0, 0, 0], /Answer 1 of GAD-7 is not valid/],
    [
      "left out",
      gad7,
      [0, 0, 0, 0, 0, 0, null],
      /Answer 7 of GAD-7 is not valid: this item cannot be left out/,
    ],
    ["left out early", phq9, [null, 0, 0, 0, 0, 0, 0, 0, 0], /Answer 1 of PHQ-9 is not valid/],
    ["of an instrument known by its score", who5, [1, 2, 3, 4, 5], /WHO-5 is recorded by its total score/],
  ])("%s", (_, instrument, answers, message) => {
    expect(() => scoreAnswers(instrument, answers)).toThrow(message);
  });
});

test("a PHQ-9 without its last item has the score and the band of the PHQ-8, and says so", () => {
  const answers = [3, 3, 3, 3, 3, 3, 1, 1, null];
  const scored = scoreAnswers(phq9, answers);
  expect(scored).toMatchObject({ score: 20, severity: "severe", answers });
  expect(scored.severity).toBe(scoreAnswers(findInstrument("phq8")!, answers.slice(0, 8)).severity);
  expect(isScoredAsPhq8({ assessment_type: "PHQ-9", answers })).toBe(true);
  expect(isScoredAsPhq8({ assessment_type: "PHQ-9", answers: [0, 0, 0, 0, 0, 0, 0, 0, 0] })).toBe(false);
  expect(isScoredAsPhq8({ assessment_type: "PHQ-9" })).toBe(false);
});

test("what does not apply in a PHQ-15 counts 0, and the total stays one of it", () => {
  const phq15 = findInstrument("phq15")!;
  const answers = [1, 1, 1, null, ...Array(11).fill(1)];
  expect(scoreAnswers(phq15, answers)).toMatchObject({ score: 14, severity: "medium", answers });
  expect(isComplete(phq15, answers)).toBe(true);
  expect(() => scoreAnswers(phq15, answers.with(3, 1).with(4, null))).toThrow(/Answer 5 of PHQ-15/);
});

test("a set of answers is complete with every item that its total needs", () => {
  expect(isComplete(phq9, [0, 0, 0, 0, 0, 0, 0, 0, 0])).toBe(true);
  expect(isComplete(phq9, [0, 0, 0, 0, 0, 0, 0, 0, null])).toBe(false);
  expect(isComplete(phq9, [0, 0, 0, 0, 0, 0, 0, 0])).toBe(false);
  expect(isComplete(phq9, undefined)).toBe(false);
  expect(isComplete(who5, [1, 1, 1, 1, 1])).toBe(false);
});

test("a total from elsewhere is taken within the range, with its band", () => {
  expect(scoreTotal(phq9, 27)).toEqual({
    score: 27,
    severity: "severe",
    source: "score-only",
    instrument_version: "1",
  });
  expect(scoreTotal(undefined, -40)).toEqual({ score: -40, severity: "", source: "score-only" });
});

test.each([
  [phq9, 28, "The score of PHQ-9 must be from 0 to 27."],
  [phq9, -1, "The score of PHQ-9 must be from 0 to 27."],
  [gad7, 22, "The score of GAD-7 must be from 0 to 21."],
  [findInstrument("k10")!, 9, "The score of K10 must be from 10 to 50."],
  [who5, 13, "The score of WHO-5 must be from 0 to 100 in steps of 4."],
])("a total out of the range is refused with the range", (instrument, score, message) => {
  expect(() => scoreTotal(instrument, score)).toThrow(message);
});
