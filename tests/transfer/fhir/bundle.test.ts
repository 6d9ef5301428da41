import { afterEach, beforeEach, describe, expect, test } from "vitest";
import { INSTRUMENTS } from "../../../src/assessments/find-instrument.ts";
import { valueRange } from "../../../src/assessments/score.ts";
import { deleteEntries } from "../../../src/entries/delete-entries.ts";
import type { Entries } from "../../../src/entries/entries.ts";
import { logAssessment } from "../../../src/entries/log-assessment.ts";
import { logMood } from "../../../src/entries/log-mood.ts";
import { openTemporaryEntries } from "../../helpers/device/open-entries.ts";
import { ask, bundleOf, schemaErrors, storeAssessment } from "../../helpers/fhir/fhir.ts";

let entries: Entries;
let remove: () => void;
beforeEach(() => {
  ({ entries, remove } = openTemporaryEntries());
});
afterEach(() => remove());

const RESPONSES = "Bundle.entry.resource.ofType(QuestionnaireResponse)";
const OBSERVATIONS = "Bundle.entry.resource.ofType(Observation)";
const LOINC = "coding.where(system = 'http://loinc.org')";

/** One of each instrument: with the highest answer to its first question, and by its lowest score where none are
 *  asked. */
function logEveryInstrument() {
  for (const { id, questions, score } of INSTRUMENTS) {
    if (!questions) {
      logAssessment(entries, { assessment_type: id, score: score.min });
      continue;
    }
    const { min, max } = valueRange(questions);
    const answers = questions.items.map((_, index) => (index === 0 ? max : min));
    const difficulty = questions.asksDifficulty ? { difficulty: 2 } : {};
    logAssessment(entries, { assessment_type: id, answers, ...difficulty });
  }
}

/** What a reader may rely on in every bundle of ours, beside the schema. */
function expectSound(bundle: object) {
  expect(schemaErrors(bundle)).toEqual([]);
  expect(ask(bundle, "Bundle.entry.fullUrl.isDistinct() and Bundle.entry.resource.id.isDistinct()")).toEqual([
    true,
  ]);
  expect(ask(bundle, "Bundle.entry.all(fullUrl = 'urn:uuid:' & resource.id)")).toEqual([true]);
  const references = "Bundle.entry.resource.descendants().where($this is Reference).reference.distinct()";
  expect(ask(bundle, `(${references}).subsetOf(Bundle.entry.fullUrl)`)).toEqual([true]);
}

test("an empty device makes a bundle without entries", () => {
  const bundle = bundleOf(entries, { name: "Ann Example" });
  expect(bundle).toEqual({ resourceType: "Bundle", type: "collection" });
  expectSound(bundle);
});

test("the check of the schema finds what is wrong", () => {
  logMood(entries, { value: 4 });
  const bundle = bundleOf(entries);
  const broken = (change: (text: string) => string) => JSON.parse(change(JSON.stringify(bundle)));
  expect(schemaErrors(broken((text) => text.replace('"final"', '"done"')))).not.toEqual([]);
  expect(schemaErrors(broken((text) => text.replace("2026-11-22T", "2026-11-22 ")))).not.toEqual([]);
  expect(schemaErrors(broken((text) => text.replace("valueInteger", "valueNumber")))).not.toEqual([]);
});

describe("every instrument", () => {
  test("makes a response and an observation of its score that refers to it", () => {
    logEveryInstrument();
    const bundle = bundleOf(entries);
    expectSound(bundle);
    expect(ask(bundle, `${RESPONSES}.count()`)).toEqual([INSTRUMENTS.length]);
    expect(ask(bundle, `${OBSERVATIONS}.count()`)).toEqual([INSTRUMENTS.length]);
    expect(ask(bundle, `${OBSERVATIONS}.derivedFrom.reference.isDistinct()`)).toEqual([true]);
    expect(ask(bundle, `${OBSERVATIONS}.code.text`).sort()).toEqual(
      INSTRUMENTS.map(({ name }) => `${name} total score`).sort(),
    );
  });

  test("has components that add up to the total", () => {
    logEveryInstrument();
    const bundle = bundleOf(entries);
    const answered = INSTRUMENTS.filter(({ questions }) => questions).length;
    const whole = `${OBSERVATIONS}.where(component.exists())`;
    expect(ask(bundle, `${whole}.count()`)).toEqual([answered]);
    expect(ask(bundle, `${whole}.all(component.value.aggregate($this + $total, 0) = value.value)`)).toEqual([
      true,
    ]);
  });

  test("has no LOINC code with a wrong check digit, and none at two of its items", () => {
    const codes = INSTRUMENTS.flatMap(({ loinc, questions }) => [
      ...Object.values(loinc ?? {}),
      ...(questions?.items ?? []).flatMap((item) => item.loinc ?? []),
    ]);
    for (const code of codes) expect(code).toMatch(/^\d{5}-\d$/);
    for (const { name, questions } of INSTRUMENTS) {
      const ofItems = (questions?.items ?? []).flatMap((item) => item.loinc ?? []);
      expect(new Set(ofItems).size, name).toBe(ofItems.length);
    }
    expect(codes.filter((code) => !hasCheckDigit(code))).toEqual([]);
  });
});

/** LOINC numbers end with a check digit by Luhn's rule, which finds a mistyped one. */
function hasCheckDigit(code: string): boolean {
  const [digits, check] = code.split("-") as [string, string];
  const sum = [...digits].reverse().reduce((total, digit, index) => {
    const value = index % 2 === 0 ? +digit * 2 : +digit;
    return total + (value > 9 ? value - 9 : value);
  }, 0);
  return (10 - (sum % 10)) % 10 === +check;
}

test("a PHQ-9 has LOINC's codes of the panel, the items, the answers and the total", () => {
  logAssessment(entries, { assessment_type: "phq9", answers: [0, 1, 2, 3, 0, 1, 2, 3, 1], difficulty: 1 });
  const bundle = bundleOf(entries);
  expect(ask(bundle, `${RESPONSES}.questionnaire`)).toEqual(["http://loinc.org/q/44249-1"]);
  const items = "44250-9 44255-8 44259-0 44254-1 44251-7 44258-2 44252-5 44253-3 44260-8".split(" ");
  expect(ask(bundle, `${RESPONSES}.item.linkId`)).toEqual(
    [...items, "69722-7", "44261-6"].map((code) => `/${code}`),
  );
  expect(ask(bundle, `${RESPONSES}.item.answer.value.ofType(Coding).code`)).toEqual(
    ["LA6568-5", "LA6569-3", "LA6570-1", "LA6571-9", "LA6568-5"]
      .concat(["LA6569-3", "LA6570-1", "LA6571-9", "LA6569-3"])
      .concat("LA6573-5"),
  );
  expect(ask(bundle, `${OBSERVATIONS}.code.${LOINC}.code`)).toEqual(["44261-6"]);
  expect(ask(bundle, `${OBSERVATIONS}.component.code.${LOINC}.code`)).toEqual(items);
  expect(ask(bundle, `${OBSERVATIONS}.component.value`)).toEqual([0, 1, 2, 3, 0, 1, 2, 3, 1]);
  expect(ask(bundle, `${OBSERVATIONS}.value.value`)).toEqual([13]);
  expect(ask(bundle, `${OBSERVATIONS}.interpretation.text`)).toEqual(["moderate"]);
});

test("a PHQ-9 without its last item has the total of a PHQ-8, not the code of the PHQ-9's", () => {
  logAssessment(entries, { assessment_type: "phq9", answers: [1, 1, 1, 1, 1, 1, 1, 1, null] });
  const bundle = bundleOf(entries);
  expectSound(bundle);
  expect(ask(bundle, `${OBSERVATIONS}.code.coding`)).toEqual([]);
  expect(ask(bundle, `${OBSERVATIONS}.code.text`)).toEqual([
    "PHQ-8 total score, from a PHQ-9 without its last item",
  ]);
  expect(ask(bundle, `${OBSERVATIONS}.component.last().dataAbsentReason.coding.code`)).toEqual([
    "asked-declined",
  ]);
  expect(ask(bundle, `${RESPONSES}.item.where(linkId = '/44260-8').answer`)).toEqual([]);
  expect(ask(bundle, `${RESPONSES}.item.linkId.last()`)).toEqual(["total"]);
});

test("an item that does not apply has no value, and the total keeps its code", () => {
  const answers = [1, 0, 0, null, ...Array(11).fill(0)];
  logAssessment(entries, { assessment_type: "phq15", answers });
  const bundle = bundleOf(entries);
  expectSound(bundle);
  expect(ask(bundle, `${OBSERVATIONS}.component.dataAbsentReason.coding.code`)).toEqual(["not-applicable"]);
  expect(ask(bundle, `${OBSERVATIONS}.code.${LOINC}.code`)).toEqual(["70273-8"]);
});

test.each([
  ["an item is open", { answers: [1, null, 1, 1, 1, 1, 1, 1, 0], instrument_version: "1" }, true],
  ["there are too few answers", { answers: [1, 2] }, false],
  ["an answer is no option", { answers: [1, 1, 1, 1, 1, 1, 1, 1, 7] }, false],
])("where %s, the total has no code and says so", (_, fields, knowsItems) => {
  storeAssessment(entries, fields);
  const bundle = bundleOf(entries);
  expectSound(bundle);
  expect(ask(bundle, `${OBSERVATIONS}.code.coding`)).toEqual([]);
  expect(ask(bundle, `${OBSERVATIONS}.code.text`)).toEqual(["PHQ-9 total score, answers incomplete"]);
  expect(ask(bundle, `${OBSERVATIONS}.component.exists()`)).toEqual([knowsItems]);
  expect(ask(bundle, `${RESPONSES}.questionnaire.exists()`)).toEqual([knowsItems]);
});

test("another version of an instrument, and a score out of range, get no codes", () => {
  storeAssessment(entries, { answers: [0, 0, 0, 0, 0, 0, 0, 0, 4], instrument_version: "99" });
  storeAssessment(entries, { score: 28 });
  storeAssessment(entries, { score: 7, assessment_type: "my own scale\u2028\u0007" });
  const bundle = bundleOf(entries);
  expectSound(bundle);
  expect(ask(bundle, `${OBSERVATIONS}.code.coding`)).toEqual([]);
  expect(ask(bundle, `${RESPONSES}.item.where(linkId = '9').answer.value`)).toEqual([4]);
  expect(ask(bundle, `${OBSERVATIONS}.code.text`).sort()).toEqual([
    "PHQ-9 total score",
    "PHQ-9 total score (99), answers incomplete",
    "my own scale\n\ufffd total score",
  ]);
});

test("answers of an unknown version have no questions beside them", () => {
  storeAssessment(entries, { answers: [0, 0, 0, 0, 0, 0, 0, 0, 1] });
  const bundle = bundleOf(entries);
  expectSound(bundle);
  expect(ask(bundle, `${OBSERVATIONS}.component.exists()`)).toEqual([false]);
  expect(ask(bundle, `${RESPONSES}.item.where(linkId = '9').text`)).toEqual([]);
  expect(ask(bundle, `${OBSERVATIONS}.code.text`)).toEqual(["PHQ-9 total score"]);
});

test("what a field holds that an older version kept unread is left out", () => {
  const { id } = storeAssessment(entries, {});
  const { db } = entries;
  const unread = JSON.stringify({ answers: "0,1,2", difficulty: 9, instrument_version: 7 });
  db.prepare("update assessments set extra = ? where id = ?").run(unread, id);
  const bundle = bundleOf(entries);
  expectSound(bundle);
  expect(ask(bundle, `${RESPONSES}.item.linkId`)).toEqual(["/44261-6"]);
});

test("times keep their offset, also on 29 February and from several zones", () => {
  const times = [
    "2028-02-29T23:59:59.000+05:45",
    "2026-03-29T02:30:00.000+01:00",
    "2026-10-25T02:30:00.000-09:30",
    "2026-06-01T12:00:00.000Z",
  ];
  for (const time of times) {
    logMood({ ...entries, zone: () => 60 }, { value: 3, recorded_at: time });
    storeAssessment(entries, { taken_at: time });
  }
  const bundle = bundleOf(entries);
  expectSound(bundle);
  const dates = JSON.stringify(bundle).match(/(?<="(effectiveDateTime|authored)":")[^"]+/g)!;
  expect(dates.sort()).toEqual([...times, ...times, ...times].sort());
});

test("an offset that FHIR does not know is written in UTC", () => {
  storeAssessment(entries, { taken_at: "2026-06-01T12:00:00.000+18:00" });
  const bundle = bundleOf(entries);
  expectSound(bundle);
  expect(JSON.stringify(bundle)).toContain('"authored":"2026-05-31T18:00:00.000Z"');
});

test("moods are observations without a code; their notes are there only when asked for, activities never", () => {
  const activities = { labels: ["Anna from work"] };
  logMood(entries, { value: 1, note: "a secret", activities });
  logMood(entries, { value: 5 });
  const bundle = bundleOf(entries);
  expectSound(bundle);
  expect(ask(bundle, `${OBSERVATIONS}.value`).sort()).toEqual([1, 5]);
  expect(ask(bundle, `${OBSERVATIONS}.code.coding`)).toEqual([]);
  expect(ask(bundle, `${OBSERVATIONS}.code.text`)[0]).toBe("Mood, from 1 (awful) to 5 (great)");
  expect(JSON.stringify(bundle)).not.toMatch(/secret|Anna/);
  const withNotes = bundleOf(entries, { notes: true });
  expect(ask(withNotes, `${OBSERVATIONS}.note.text`)).toEqual(["a secret"]);
  expect(JSON.stringify(withNotes)).not.toContain("Anna");
});

test.each([
  ["controls", "a\u0007b\u001b[31mc\u0000d".replace("\u0000", "\u0001"), "a\ufffdb\ufffd[31mc\ufffdd"],
  ["white space of other kinds", "a\u00a0b\u2003c\u3000d\ufeffe\u000bf", "a b c d e f"],
  ["newlines of other kinds", "a\r\nb\rc\u2028d\u0085e", "a\nb\nc\nd\ne"],
  ["markup and quotes", '</script><img src=x> "\\" [x](javascript:y) {{z}}', undefined],
  ["emoji and other scripts", "👩🏽‍🚀 مرحبا नमस्ते e\u0301", undefined],
  ["the longest note", "x".repeat(10_000), undefined],
])("a note of %s is a string of FHIR", (_, note, expected = note) => {
  logMood(entries, { value: 2, note });
  const bundle = bundleOf(entries, { notes: true });
  expectSound(bundle);
  expect(ask(bundle, `${OBSERVATIONS}.note.text`)).toEqual([expected]);
});

test("a note of nothing but white space is none", () => {
  logMood(entries, { value: 2, note: " \u00a0\n" });
  const bundle = bundleOf(entries, { notes: true });
  expectSound(bundle);
  expect(ask(bundle, `${OBSERVATIONS}.note`)).toEqual([]);
});

test("nothing says of whom it is unless a name is given", () => {
  logEveryInstrument();
  logMood(entries, { value: 3 });
  expect(JSON.stringify(bundleOf(entries))).not.toMatch(/"(subject|source|performer|Patient)"/);
  const bundle = bundleOf(entries, { name: "Ann Example" });
  expectSound(bundle);
  expect(ask(bundle, "Bundle.entry.first().resource.ofType(Patient).name.text")).toEqual(["Ann Example"]);
  const patient = "%context.entry.first().fullUrl";
  for (const resources of [RESPONSES, OBSERVATIONS]) {
    expect(ask(bundle, `${resources}.all(subject.reference = ${patient})`)).toEqual([true]);
  }
});

test("deleted entries are left out", () => {
  const { mood } = logMood(entries, { value: 1 });
  const { assessment } = logAssessment(entries, { assessment_type: "gad7", score: 9 });
  deleteEntries(entries, [
    { entityType: "MoodEntry", id: mood.id },
    { entityType: "AssessmentEntry", id: assessment.id },
  ]);
  expect(bundleOf(entries)).not.toHaveProperty("entry");
});

test("the same data makes the same bundle, and ids stay when an entry is edited or others come and go", () => {
  logEveryInstrument();
  logMood(entries, { value: 3 });
  const options = { name: "Ann Example" };
  const before = bundleOf(entries, options);
  expect(bundleOf(entries, options)).toEqual(before);
  const { mood } = logMood(
    { ...entries, nowMs: entries.nowMs + 1 },
    { value: 5, recorded_at: "2020-01-01T00:00:00Z" },
  );
  const after = bundleOf(entries, options);
  const ids = (bundle: object) => ask(bundle, "Bundle.entry.fullUrl");
  expect(ids(after).filter((id) => id !== `urn:uuid:${mood.id}`)).toEqual(ids(before));
});

test("two people of one name are two patients", () => {
  const patients = [1, 2].map(() => {
    const other = openTemporaryEntries();
    logMood(other.entries, { value: 3 });
    const [patient] = ask(bundleOf(other.entries, { name: "Ann" }), "Bundle.entry.first().fullUrl");
    other.remove();
    return patient;
  });
  expect(new Set(patients).size).toBe(2);
});
