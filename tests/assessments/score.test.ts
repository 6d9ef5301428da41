import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { findInstrument, INSTRUMENTS } from "../../src/assessments/find-instrument.ts";
import { isScoredAsPhq8, scoreAnswers, scoreTotal } from "../../src/assessments/score.ts";

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

test("any full set of answers is scored by its sum", () => {
  const answered = fc
    .constantFrom(...INSTRUMENTS.filter((instrument) => instrument.items))
    .chain((instrument) => {
      const { count, min, max } = instrument.items!;
      const answers = fc.array(fc.integer({ min, max }), { minLength: count, maxLength: count });
      return fc.tuple(fc.constant(instrument), answers);
    });
  fc.assert(
    fc.property(answered, ([instrument, answers]) => {
      const scored = scoreAnswers(instrument, answers);
      expect(scored.score).toBe(answers.reduce((a, b) => a + b, 0));
      expect(scored.severity).toBe(scoreTotal(instrument, scored.score).severity);
    }),
  );
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
