import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { findInstrument, INSTRUMENTS } from "../../src/assessments/find-instrument.ts";
import type { AnswerableInstrument } from "../../src/assessments/instrument.ts";
import {
  answer,
  back,
  forward,
  goTo,
  isAnswerable,
  optionsOf,
  type Questionnaire,
  result,
  safetyItemOf,
  start,
  stepOf,
} from "../../src/assessments/questionnaire.ts";
import { scoreAnswers } from "../../src/assessments/score.ts";

const NOW = Date.parse("2026-11-25T18:44:00Z");
const instrumentOf = (name: string) => findInstrument(name) as AnswerableInstrument;
const answerAll = (questionnaire: Questionnaire, values: readonly (number | null)[]) =>
  values.reduce<Questionnaire>((now, value) => answer(now, value), questionnaire);

test("it begins at the first item, with all of them open", () => {
  const begun = start(instrumentOf("phq9"), NOW);
  expect(begun).toMatchObject({ startedAtMs: NOW, difficulty: undefined, at: 0 });
  expect(stepOf(begun)).toMatchObject({
    kind: "item",
    number: 1,
    item: { text: "Little interest or pleasure in doing things" },
    answer: undefined,
  });
  expect(result(begun)).toEqual({ status: "open", open: [1, 2, 3, 4, 5, 6, 7, 8, 9] });
});

test("an answer goes on, back and forward change none", () => {
  const second = answer(start(instrumentOf("gad7"), NOW), 2);
  expect(stepOf(second)).toMatchObject({ kind: "item", number: 2 });
  const first = back(second);
  expect(stepOf(first)).toMatchObject({ kind: "item", number: 1, answer: 2 });
  expect(back(first)).toEqual(first);
  expect(forward(first)).toEqual(second);
  expect(stepOf(answer(first, 0))).toMatchObject({ number: 2 });
  expect(back(answer(first, 0)).answers[0]).toBe(0);
});

test("an item that is passed by stays open, and there is no total", () => {
  const passed = answerAll(forward(start(instrumentOf("phq2"), NOW)), [1]);
  expect(stepOf(passed)).toEqual({ kind: "end" });
  expect(result(passed)).toEqual({ status: "open", open: [1] });
  expect(stepOf(goTo(passed, 1))).toMatchObject({ kind: "item", number: 1 });
});

describe("the unscored question", () => {
  test("follows where any answer is above 0, and not where none is", () => {
    const calm = answerAll(start(instrumentOf("phq9"), NOW), Array(9).fill(0));
    expect(stepOf(calm)).toEqual({ kind: "end" });
    const once = answerAll(start(instrumentOf("phq9"), NOW), [0, 1, ...Array(7).fill(0)]);
    expect(stepOf(once)).toEqual({ kind: "difficulty", answer: undefined });
    expect(optionsOf(once).map(({ label }) => label)).toEqual([
      "Not difficult at all",
      "Somewhat difficult",
      "Very difficult",
      "Extremely difficult",
    ]);
    expect(result(answer(once, 3))).toMatchObject({ status: "complete", difficulty: 3 });
    expect(result(forward(once))).toMatchObject({ status: "complete", difficulty: undefined });
  });

  test("its answer goes when the last problem does", () => {
    const problem = answer(answerAll(start(instrumentOf("gad7"), NOW), [1, ...Array(6).fill(0)]), 2);
    expect(result(answer(goTo(problem, 1), 0))).toMatchObject({ difficulty: undefined });
  });

  test("is asked by the PHQ-9, the PHQ-8 and the GAD-7 alone", () => {
    const asking = INSTRUMENTS.filter(isAnswerable).filter((instrument) => {
      const highest = instrument.questions.options.at(-1)!.value;
      const all = answerAll(
        start(instrument, NOW),
        instrument.questions.items.map(() => highest),
      );
      return stepOf(all).kind === "difficulty";
    });
    expect(asking.map(({ name }) => name)).toEqual(["PHQ-9", "PHQ-8", "GAD-7"]);
  });
});

test("only the last item of the PHQ-9 and the fourth of the PHQ-15 may be left without a value", () => {
  const skipped = INSTRUMENTS.filter(isAnswerable).flatMap((instrument) =>
    instrument.questions.items.flatMap((_, index) => {
      const there = goTo(start(instrument, NOW), index + 1);
      return answer(there, null) === there ? [] : [`${instrument.name} ${index + 1}`];
    }),
  );
  expect(skipped).toEqual(["PHQ-9 9", "PHQ-15 4"]);
});

test("the safety item counts from 1 on, answered and no other way", () => {
  const eight = answerAll(start(instrumentOf("phq9"), NOW), Array(8).fill(3));
  expect(safetyItemOf(eight)).toBeUndefined();
  for (const value of [0, null]) expect(safetyItemOf(answer(eight, value))).toBeUndefined();
  for (const value of [1, 2, 3]) expect(safetyItemOf(answer(eight, value))).toBe(9);
  const all = answerAll(start(instrumentOf("phq8"), NOW), Array(8).fill(3));
  expect(safetyItemOf(all)).toBeUndefined();
});

const anyInstrument = fc.constantFrom(...INSTRUMENTS.filter(isAnswerable));
/** -1 goes back, null leaves out, undefined goes forward, every other number is an answer, offered or not. */
const anyKeys = fc.array(
  fc.oneof(fc.integer({ min: -1, max: 6 }), fc.constant(null), fc.constant(undefined)),
  { maxLength: 60 },
);
const press = (now: Questionnaire, key: number | null | undefined) =>
  key === undefined ? forward(now) : key === -1 ? back(now) : answer(now, key);

test("whatever is pressed, it stays within its steps, and only offered answers are kept", () => {
  fc.assert(
    fc.property(anyInstrument, anyKeys, (instrument, keys) => {
      const { items, options } = instrument.questions;
      let now = start(instrument, NOW);
      for (const key of keys) {
        const before = now;
        now = press(before, key);
        const changed = now.answers.filter((value, index) => value !== before.answers[index]).length;
        expect(changed).toBeLessThanOrEqual(key === undefined || key === -1 ? 0 : 1);
        expect(now.at).toBeGreaterThanOrEqual(0);
        expect(now.at).toBeLessThanOrEqual(items.length + 1);
        expect(now.answers).toHaveLength(items.length);
      }
      for (const [index, value] of now.answers.entries()) {
        if (value === null) expect(items[index]!.skip).toBeDefined();
        else if (value !== undefined) expect(options.map((option) => option.value)).toContain(value);
      }
    }),
  );
});

test("whatever was pressed before, the last answers are those that are scored", () => {
  fc.assert(
    fc.property(anyInstrument, anyKeys, fc.infiniteStream(fc.nat()), (instrument, keys, numbers) => {
      const { items, options } = instrument.questions;
      const values = items.map(() => options[numbers.next().value! % options.length]!.value);
      const wandered = keys.reduce<Questionnaire>(press, start(instrument, NOW));
      const outcome = result(answerAll(goTo(wandered, 1), values));
      expect(outcome).toMatchObject({ status: "complete", answers: values });
      if (outcome.status === "complete") {
        expect(scoreAnswers(instrument, outcome.answers).answers).toEqual(values);
      }
    }),
  );
});
