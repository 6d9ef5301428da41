import { expect, test } from "vitest";
import { changeBetween } from "../../src/assessments/change.ts";
import { findInstrument } from "../../src/assessments/find-instrument.ts";
import { scoreAnswers } from "../../src/assessments/score.ts";

/** A complete set of answers with this total. */
function answered(name: string, total: number) {
  const instrument = findInstrument(name)!;
  const { options, items } = instrument.questions!;
  const highest = options.at(-1)!.value;
  const answers = items.map((_, index) => Math.max(0, Math.min(highest, total - index * highest)));
  return { assessment_type: instrument.name, ...scoreAnswers(instrument, answers) };
}

test.each([
  ["PHQ-9", 14, 8, -6, "reliable"],
  ["PHQ-9", 14, 9, -5, "not reliable"],
  ["PHQ-9", 4, 10, 6, "reliable"],
  ["PHQ-9", 6, 6, 0, "not reliable"],
  ["GAD-7", 9, 5, -4, "reliable"],
  ["GAD-7", 9, 6, -3, "not reliable"],
  ["PCL-5", 50, 32, -18, "reliable"],
  ["PCL-5", 50, 33, -17, "not reliable"],
  ["PHQ-2", 6, 0, -6, "no figure"],
] as const)("%s from %i to %i is %i points, %s", (name, before, now, points, verdict) => {
  expect(changeBetween(answered(name, before), answered(name, now))).toMatchObject({ points, verdict });
});

test("only complete sets of answers to the same version are compared", () => {
  const before = answered("PHQ-9", 20);
  const now = answered("PHQ-9", 5);
  const verdict = (a: Parameters<typeof changeBetween>[0], b: Parameters<typeof changeBetween>[1]) =>
    changeBetween(a, b).verdict;
  const { answers: _answers, ...total } = now;
  expect(verdict(before, total)).toBe("not comparable");
  expect(verdict(total, before)).toBe("not comparable");
  expect(verdict(before, { ...now, instrument_version: "2" })).toBe("not comparable");
  const { instrument_version: _version, ...unversioned } = now;
  expect(verdict({ ...before, instrument_version: undefined! }, unversioned)).toBe("not comparable");
  expect(verdict(before, { ...now, answers: now.answers!.with(8, null) })).toBe("not comparable");
  const own = { assessment_type: "my own", score: 3 };
  expect(changeBetween(own, { ...own, score: 5 })).toEqual({
    points: 2,
    verdict: "not comparable",
    reliablePoints: null,
  });
});
