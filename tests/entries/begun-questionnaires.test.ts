import { spawnSync } from "node:child_process";
import { existsSync, readdirSync, readFileSync, statSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import fc from "fast-check";
import { beforeEach, describe, expect, test } from "vitest";
import { findInstrument, INSTRUMENTS } from "../../src/assessments/find-instrument.ts";
import type { AnswerableInstrument } from "../../src/assessments/instrument.ts";
import { answer, back, forward, isAnswerable, start } from "../../src/assessments/questionnaire.ts";
import { HOUR_MS } from "../../src/domain/time/durations.ts";
import { type BegunQuestionnaires, openBegunQuestionnaires } from "../../src/entries/begun-questionnaires.ts";
import { ANSWERS_WAIT_MS, forgetExpiredAnswers } from "../../src/entries/waiting-answers.ts";
import { temporaryDirectory } from "../helpers/temporary-directory.ts";

const NOW = Date.parse("2026-11-25T18:44:00Z");
const phq9 = findInstrument("phq9") as AnswerableInstrument;
const gad7 = findInstrument("gad7") as AnswerableInstrument;

let stateDir: string;
let begun: BegunQuestionnaires;
beforeEach(() => {
  stateDir = join(temporaryDirectory("begun"), "state");
  begun = openBegunQuestionnaires(stateDir);
});

const threeAnswers = () => [1, 0, 2].reduce(answer, start(phq9, NOW));
const file = () => join(stateDir, "questionnaire-phq9.json");

test("what was answered is there again, as it was", () => {
  const anyKeys = fc.array(fc.oneof(fc.integer({ min: -1, max: 5 }), fc.constant(null)), { maxLength: 40 });
  const anyInstrument = fc.constantFrom(...INSTRUMENTS.filter(isAnswerable));
  fc.assert(
    fc.property(anyInstrument, anyKeys, (instrument, keys) => {
      const questionnaire = keys.reduce(
        (now, key) => (key === -1 ? back(now) : key === 5 ? forward(now) : answer(now, key)),
        start(instrument, NOW),
      );
      // Behind the last item it goes on at the unscored question, or the end.
      fc.pre(questionnaire.at <= instrument.questions.items.length);
      begun.keep({ questionnaire, savedAtMs: NOW, takenAt: null });
      expect(begun.find(instrument, NOW)).toEqual({ questionnaire, savedAtMs: NOW, takenAt: null });
    }),
    { numRuns: 40 },
  );
});

test("one of each instrument waits, in a file for its owner alone", () => {
  begun.keep({ questionnaire: threeAnswers(), savedAtMs: NOW, takenAt: "2026-11-24T12:00:00.000+01:00" });
  begun.keep({ questionnaire: start(gad7, NOW), savedAtMs: NOW, takenAt: null });
  expect(statSync(file()).mode & 0o777).toBe(0o600);
  expect(begun.find(phq9, NOW)).toMatchObject({ takenAt: "2026-11-24T12:00:00.000+01:00" });
  begun.forget(phq9);
  expect(begun.find(phq9, NOW)).toBeNull();
  expect(begun.find(gad7, NOW)).not.toBeNull();
  expect(readdirSync(stateDir)).toEqual(["questionnaire-gad7.json"]);
  begun.forget(phq9); // the second time is no failure
});

describe("after 24 hours", () => {
  test("it waits no longer, and is removed when they are first read", () => {
    begun.keep({ questionnaire: threeAnswers(), savedAtMs: NOW, takenAt: null });
    forgetExpiredAnswers(stateDir, NOW + 23 * HOUR_MS);
    expect(begun.find(phq9, NOW + 23 * HOUR_MS)).not.toBeNull();
    expect(begun.find(phq9, NOW + ANSWERS_WAIT_MS)).toBeNull();
    forgetExpiredAnswers(stateDir, NOW + ANSWERS_WAIT_MS);
    expect(existsSync(file())).toBe(false);
  });

  test("by a clock that was set back, too", () => {
    begun.keep({ questionnaire: threeAnswers(), savedAtMs: NOW, takenAt: null });
    forgetExpiredAnswers(stateDir, NOW - ANSWERS_WAIT_MS);
    expect(existsSync(file())).toBe(false);
  });
});

test.each([
  ["no JSON", () => "not JSON"],
  ["another version", (json: string) => json.replace('"version":"1"', '"version":"0"')],
  ["no time", (json: string) => json.replace(/"saved_at_ms":\d+/, '"saved_at_ms":"now"')],
  ["no answers", (json: string) => json.replace(/"answers":\[[^\]]*\]/, '"answers":7')],
])("a file with %s is none, and goes in time", (_, damaged) => {
  begun.keep({ questionnaire: threeAnswers(), savedAtMs: NOW, takenAt: null });
  writeFileSync(file(), damaged(readFileSync(file(), "utf8")));
  expect(begun.find(phq9, NOW)).toBeNull();
  forgetExpiredAnswers(stateDir, NOW + ANSWERS_WAIT_MS);
  expect(existsSync(file())).toBe(false);
});

test("an answer that no option has is left out, not believed", () => {
  begun.keep({ questionnaire: threeAnswers(), savedAtMs: NOW, takenAt: null });
  writeFileSync(file(), readFileSync(file(), "utf8").replace("[1,0,2,", '[1,"-",9,'));
  expect(begun.find(phq9, NOW)!.questionnaire.answers.slice(0, 4)).toEqual([
    1,
    undefined,
    undefined,
    undefined,
  ]);
});

test("an instrument is taken by one process at a time, and free again when that has died", () => {
  const release = begun.take(phq9);
  expect(release).not.toBeNull();
  expect(openBegunQuestionnaires(stateDir).take(phq9)).toBeNull();
  openBegunQuestionnaires(stateDir).take(gad7)!();
  release!();
  const code = `
    import { openBegunQuestionnaires } from "./src/entries/begun-questionnaires.ts";
    import { findInstrument } from "./src/assessments/find-instrument.ts";
    if (!openBegunQuestionnaires(process.argv.at(-1)).take(findInstrument("phq9"))) process.exit(1);
    process.kill(process.pid, "SIGKILL");`;
  const child = spawnSync(process.execPath, ["--import", "tsx", "--input-type=module", "-e", code, stateDir]);
  expect(child.signal).toBe("SIGKILL");
  begun.take(phq9)!();
});
