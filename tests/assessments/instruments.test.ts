import { describe, expect, test } from "vitest";
import { assessmentTypeOf, findInstrument, INSTRUMENTS } from "../../src/assessments/find-instrument.ts";
import { isTopBand, severityOf } from "../../src/assessments/instrument.ts";
import { valueRange } from "../../src/assessments/score.ts";

/** Both sides of every published boundary: instrument, score, severity. */
const CUT_OFFS: Record<string, [number, string][]> = {
  "PHQ-9": [
    [0, "minimal"],
    [4, "minimal"],
    [5, "mild"],
    [9, "mild"],
    [10, "moderate"],
    [14, "moderate"],
    [15, "moderately severe"],
    [19, "moderately severe"],
    [20, "severe"],
    [27, "severe"],
  ],
  "PHQ-8": [
    [0, "minimal"],
    [4, "minimal"],
    [5, "mild"],
    [9, "mild"],
    [10, "moderate"],
    [14, "moderate"],
    [15, "moderately severe"],
    [19, "moderately severe"],
    [20, "severe"],
    [24, "severe"],
  ],
  "PHQ-2": [
    [0, "below cut-off"],
    [2, "below cut-off"],
    [3, "at or above cut-off"],
    [6, "at or above cut-off"],
  ],
  "GAD-7": [
    [0, "minimal"],
    [4, "minimal"],
    [5, "mild"],
    [9, "mild"],
    [10, "moderate"],
    [14, "moderate"],
    [15, "severe"],
    [21, "severe"],
  ],
  "GAD-2": [
    [0, "below cut-off"],
    [2, "below cut-off"],
    [3, "at or above cut-off"],
    [6, "at or above cut-off"],
  ],
  "PHQ-4": [
    [0, "normal"],
    [2, "normal"],
    [3, "mild"],
    [5, "mild"],
    [6, "moderate"],
    [8, "moderate"],
    [9, "severe"],
    [12, "severe"],
  ],
  "PHQ-15": [
    [0, "minimal"],
    [4, "minimal"],
    [5, "low"],
    [9, "low"],
    [10, "medium"],
    [14, "medium"],
    [15, "high"],
    [30, "high"],
  ],
  "PCL-5": [
    [0, ""],
    [80, ""],
  ],
  K6: [
    [0, "below cut-off"],
    [12, "below cut-off"],
    [13, "serious"],
    [24, "serious"],
  ],
  K10: [
    [10, "low"],
    [15, "low"],
    [16, "moderate"],
    [21, "moderate"],
    [22, "high"],
    [29, "high"],
    [30, "very high"],
    [50, "very high"],
  ],
  "CES-D": [
    [0, "below cut-off"],
    [15, "below cut-off"],
    [16, "at or above cut-off"],
    [60, "at or above cut-off"],
  ],
  RSES: [
    [0, ""],
    [30, ""],
  ],
  "AUDIT-C": [
    [0, ""],
    [12, ""],
  ],
  "WHO-5": [
    [0, "low well-being, depression screen"],
    [28, "low well-being, depression screen"],
    [32, "low well-being"],
    [48, "low well-being"],
    [52, ""],
    [100, ""],
  ],
  ISI: [
    [0, "none"],
    [7, "none"],
    [8, "subthreshold"],
    [14, "subthreshold"],
    [15, "moderate"],
    [21, "moderate"],
    [22, "severe"],
    [28, "severe"],
  ],
  "PSS-10": [
    [0, ""],
    [40, ""],
  ],
  "PSS-4": [
    [0, ""],
    [16, ""],
  ],
  EPDS: [
    [0, ""],
    [30, ""],
  ],
};

test("the table of cut-offs covers every instrument", () => {
  expect(Object.keys(CUT_OFFS).sort()).toEqual(INSTRUMENTS.map(({ name }) => name).sort());
});

describe.each(INSTRUMENTS.map((instrument) => [instrument.name, instrument] as const))(
  "%s",
  (name, instrument) => {
    test.each(CUT_OFFS[name]!)("a score of %d is %j", (score, severity) => {
      expect(severityOf(instrument, score)).toBe(severity);
    });

    test("its table begins and ends at the ends of its range", () => {
      const scores = CUT_OFFS[name]!.map(([score]) => score);
      expect([Math.min(...scores), Math.max(...scores)]).toEqual([
        instrument.score.min,
        instrument.score.max,
      ]);
    });

    test("its bands cover every score once, or there are none", () => {
      if (instrument.bands.length === 0)
        return expect(isTopBand(instrument, instrument.score.max)).toBe(false);
      for (let score = instrument.score.min; score <= instrument.score.max; score++) {
        expect(instrument.bands.filter(({ from, to }) => score >= from && score <= to)).toHaveLength(1);
      }
    });

    test("its range is that of its questions, and it names where it comes from", () => {
      const { questions, score, citation, licence, safetyItems } = instrument;
      if (questions) {
        const { min, max } = valueRange(questions);
        expect(score).toMatchObject({ min: questions.items.length * min, max: questions.items.length * max });
      }
      expect(citation).toMatch(/\d{4}/);
      expect(licence.text.length).toBeGreaterThan(10);
      expect(safetyItems).toEqual({ "PHQ-9": [9], EPDS: [10] }[name] ?? []);
    });
  },
);

test.each([
  ["phq9", "PHQ-9"],
  ["PHQ-9", "PHQ-9"],
  ["Phq 9", "PHQ-9"],
  ["phq_9", "PHQ-9"],
  ["gad7", "GAD-7"],
  ["k10", "K10"],
  ["Audit-C", "AUDIT-C"],
  ["cesd", "CES-D"],
  ["phq15", "PHQ-15"],
  [" my own scale ", "my own scale"],
  ["phq99", "phq99"],
])("%j is stored as %j", (typed, stored) => {
  expect(assessmentTypeOf(typed)).toBe(stored);
});

test.each(["", "   ", "x".repeat(65), "a\u0000"])("the type %j is refused", (typed) => {
  expect(() => assessmentTypeOf(typed)).toThrow(/^The assessment type must/);
  expect(findInstrument(typed)).toBeUndefined();
});
