import { existsSync, mkdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { afterEach, beforeEach, describe, expect, test } from "vitest";
import { findInstrument } from "../../../src/assessments/find-instrument.ts";
import type { AnswerableInstrument } from "../../../src/assessments/instrument.ts";
import type { Questionnaire } from "../../../src/assessments/questionnaire.ts";
import type { AssessmentEntry } from "../../../src/domain/entities/assessment-entry.ts";
import type { Entries } from "../../../src/entries/entries.ts";
import { startTaking, type Taking } from "../../../src/entries/take-assessment.ts";
import { listRows } from "../../../src/local/queries/list-rows.ts";
import { askOnScreen } from "../../../src/tui/questionnaire/ask-on-screen.ts";
import type { QuestionnaireForm } from "../../../src/tui/questionnaire/questionnaire-form.ts";
import { openTemporaryEntries } from "../../helpers/device/open-entries.ts";
import { temporaryDirectory } from "../../helpers/temporary-directory.ts";
import { KEYS, openTestTerminal } from "../../helpers/terminal/test-terminal.ts";

const NOTICE = "You noted thoughts of being better off dead or of hurting yourself.";

let entries: Entries;
let remove: () => void;
let stateDir: string;
let takings: Taking[];
let isFull = false;
beforeEach(() => {
  ({ entries, remove } = openTemporaryEntries());
  stateDir = join(temporaryDirectory("screen"), "state");
  takings = [];
  isFull = false;
});
afterEach(() => {
  for (const taking of takings) taking.close();
  remove();
});

const stored = () => listRows(entries.db, "AssessmentEntry").map((row) => row.entity as AssessmentEntry);

/** Opens the questions of an instrument on a terminal; `shown` notes when the notice was, and what was stored by then. */
function open(name: string, size = { columns: 80, rows: 24 }) {
  const taking = startTaking({ entries: () => entries, stateDir, takenAt: null });
  takings.push(taking);
  const instrument = findInstrument(name) as AnswerableInstrument;
  const shown: { stored: number; questionnaire: Questionnaire }[] = [];
  const form: QuestionnaireForm = {
    instrument,
    waiting: taking.open(instrument),
    taking,
    nowMs: () => entries.nowMs,
    keep: (questionnaire) => (isFull ? "The disk is full." : void taking.keep(questionnaire)),
    safety: {
      region: undefined,
      contacts: [],
      isShort: false,
      wasShown: (questionnaire) => shown.push({ questionnaire, stored: stored().length }),
    },
  };
  const terminal = openTestTerminal(size);
  const now = () => ({ ms: entries.nowMs, offsetMinutes: 60 });
  const ended = askOnScreen(form, terminal, now);
  return { ...terminal, ended, shown, taking };
}

test("a digit answers and goes on, the arrows go back and forward, and the result is stored", async () => {
  const app = open("gad7");
  await app.waitFor("7 questions, about 2 minutes.");
  await app.type(KEYS.enter, "1", "0");
  expect(app.screen.text()).toContain("question 3 of 7");
  await app.type(KEYS.left, KEYS.left);
  expect(app.line("Several days")).toBe(" ▌  1   Several days");
  await app.type(KEYS.right, KEYS.right, "2", "9", "1", "0", "0", "0");
  await app.waitFor("one more, not scored");
  expect(stored()).toEqual([]);
  await app.type("2");
  await app.waitFor("4 of 21 minimal");
  expect(stored()).toMatchObject([{ answers: [1, 0, 2, 1, 0, 0, 0], difficulty: 2 }]);
  await app.type("v");
  await app.waitFor("3. Worrying too much about different things: 2, More than half the days");
  await app.type(KEYS.enter, KEYS.enter);
  expect(await app.ended).toMatchObject({ ending: "result shown" });
  expect([...app.screen.modes].sort()).toEqual(["25", "7"]);
  expect(app.isRaw()).toBe(false);
  expect([...app.screen.styles].sort()).toEqual(["0", "1", "2", "22"]);
});

describe("no answer of a terminal to another program answers a question", () => {
  const ANSWERS = [
    "\u001b]11;rgb:1111/2222/3333\u001b\\",
    "\u001b[?61;1;2;3c",
    "\u001b[<0;1;2M",
    "\u001bP1$r1 q\u001b\\",
  ];

  test("cut at any byte", async () => {
    const app = open("gad7");
    await app.waitFor("7 questions");
    await app.type(KEYS.enter);
    for (const text of ANSWERS) {
      for (let at = 1; at < text.length; at++) {
        // Both pieces at once: what comes after a pause is the test of the key reader.
        app.input.emit("data", text.slice(0, at));
        app.input.emit("data", text.slice(at));
      }
    }
    await app.type(KEYS.right);
    expect(app.screen.text()).toContain("question 2 of 7");
    expect(existsSync(join(stateDir, "questionnaire-gad7.json"))).toBe(false);
  });

  test("and nothing that is pasted does", async () => {
    const app = open("gad7");
    await app.waitFor("7 questions");
    await app.type(KEYS.enter);
    await app.paste("1112\r");
    expect(app.screen.text()).toContain("question 1 of 7");
  });
});

describe("item 9 of the PHQ-9", () => {
  test("is heeded before it is stored, and stored before anything else is asked", async () => {
    const app = open("phq9");
    await app.waitFor("Question 9 asks about thoughts");
    // What is typed ahead is no answer to the notice.
    await app.type(KEYS.enter, ..."00000000", `1${KEYS.enter}${KEYS.enter}3`);
    await app.waitFor(NOTICE);
    expect(app.shown[0]).toMatchObject({ stored: 0 });
    expect(stored()).toMatchObject([{ answers: [0, 0, 0, 0, 0, 0, 0, 0, 1] }]);
    await app.type("0", "x", KEYS.right);
    expect(app.screen.text()).toContain(NOTICE);
    await app.type("H");
    expect(app.screen.text()).toContain("findahelpline.com");
    await app.type(KEYS.enter, KEYS.enter);
    await app.waitFor("one more, not scored");
    await app.type("1");
    await app.waitFor("1 of 27 minimal");
    expect(app.screen.text()).toContain(NOTICE);
    expect(stored()).toMatchObject([{ score: 1, difficulty: 1 }]);
    await app.type("u");
    expect(await app.ended).toMatchObject({ ending: "taken back" });
    expect(stored()).toEqual([]);
  });

  test("is heeded when somebody goes on who was interrupted after it", async () => {
    const first = open("phq9");
    await first.waitFor("9 questions");
    await first.type(KEYS.enter, KEYS.right, ..."00000002");
    await first.waitFor("Enter on, when you want");
    await first.type(KEYS.interrupt);
    expect(await first.ended).toMatchObject({ ending: "interrupted" });
    first.taking.close();
    const again = open("phq9");
    await again.waitFor(NOTICE);
    expect(again.screen.text()).not.toContain("questions are answered");
    await again.type(KEYS.enter);
    await again.waitFor("8 of 9 questions are answered.");
    await again.type(KEYS.enter, KEYS.right, KEYS.right);
    await again.waitFor("no total: 1 answer is open");
    await again.type(KEYS.enter, "0");
    expect(again.screen.text()).toContain("question 2 of 9");
  });

  test("q at the notice leaves, and it is stored", async () => {
    const app = open("phq9");
    await app.waitFor("9 questions");
    await app.type(KEYS.enter, ..."000000003", "q");
    expect(await app.ended).toMatchObject({ ending: "left" });
    expect(stored()).toMatchObject([{ score: 3 }]);
    expect(existsSync(join(stateDir, "questionnaire-phq9.json"))).toBe(false);
  });

  test("is stored as it was corrected after the notice", async () => {
    const app = open("phq9");
    await app.waitFor("9 questions");
    await app.type(KEYS.enter, ..."111111113", KEYS.enter, KEYS.left, "0", "1");
    await app.waitFor("8 of 27 mild");
    expect(stored()).toMatchObject([{ answers: [1, 1, 1, 1, 1, 1, 1, 1, 0], score: 8, difficulty: 1 }]);
  });

  test("is stored as it was corrected by whoever then leaves", async () => {
    const app = open("phq9");
    await app.waitFor("9 questions");
    await app.type(KEYS.enter, ..."111111113", KEYS.enter, KEYS.left, "-", KEYS.escape);
    expect(await app.ended).toMatchObject({ ending: "left" });
    expect(stored()).toMatchObject([{ answers: [1, 1, 1, 1, 1, 1, 1, 1, null], score: 8 }]);
  });

  test("prefer not to answer makes a PHQ-8, and says so", async () => {
    const app = open("phq9");
    await app.waitFor("9 questions");
    await app.type(KEYS.enter, ..."11111111", "-");
    await app.waitFor("one more, not scored");
    await app.type(KEYS.right);
    await app.waitFor("item 9 not answered, scored as PHQ-8");
    expect(app.screen.text()).toContain("8 of 24");
    expect(app.shown).toEqual([]);
  });
});

test("8 on the first page takes the PHQ-8", async () => {
  const app = open("phq9");
  await app.waitFor("9 questions");
  await app.type("8");
  await app.waitFor("8 questions, about 2 minutes.");
  await app.type(KEYS.enter, ..."00000000");
  await app.waitFor("0 of 24 minimal");
  expect(stored()).toMatchObject([{ assessment_type: "PHQ-8" }]);
});

test("begun anew, the earlier answers are gone", async () => {
  const first = open("gad7");
  await first.waitFor("7 questions");
  await first.type(KEYS.enter, "3", KEYS.escape);
  expect(await first.ended).toMatchObject({ ending: "left" });
  first.taking.close();
  expect(JSON.parse(readFileSync(join(stateDir, "questionnaire-gad7.json"), "utf8")).answers[0]).toBe(3);
  const again = open("gad7");
  await again.waitFor("1 of 7 questions are answered.");
  await again.type("n");
  await again.waitFor("7 questions, about 2 minutes.");
  await again.type(KEYS.enter);
  expect(again.screen.text()).not.toContain("▌");
  expect(existsSync(join(stateDir, "questionnaire-gad7.json"))).toBe(false);
});

test("where it cannot be stored, it says so and the answers wait", async () => {
  const app = open("phq2");
  await app.waitFor("2 questions");
  await app.type(KEYS.enter, "1");
  entries.db.exec("create trigger no before insert on assessments begin select raise(abort, 'full'); end");
  await app.type("1");
  await app.waitFor("! ");
  expect(app.screen.text()).toContain("question 2 of 2");
  entries.db.exec("drop trigger no");
  await app.type("1");
  await app.waitFor("2 of 6 below cut-off");
});

test("an error that nobody foresaw ends it with what was answered, and the terminal is as it was", async () => {
  const app = open("phq9");
  await app.waitFor("9 questions");
  await app.type(KEYS.enter, ..."00000000");
  const unforeseen = new Error("unforeseen");
  app.taking.store = () => {
    throw unforeseen;
  };
  await app.type("1");
  const { ending, questionnaire } = await app.ended;
  expect(ending).toBe(unforeseen);
  expect(questionnaire?.answers).toEqual([0, 0, 0, 0, 0, 0, 0, 0, 1]);
  expect(app.shown).toHaveLength(1);
  expect([...app.screen.modes].sort()).toEqual(["25", "7"]);
});

test("where the answers so far cannot be kept it says so, and the questions go on to the result", async () => {
  isFull = true;
  const app = open("phq2");
  await app.waitFor("2 questions");
  await app.type(KEYS.enter, "1");
  await app.waitFor("! The disk is full.");
  expect(app.screen.text()).toContain("question 2 of 2");
  await app.type("1");
  await app.waitFor("2 of 6 below cut-off");
});

test("on a terminal that became too small nothing is answered", async () => {
  const app = open("gad7");
  await app.waitFor("7 questions");
  await app.type(KEYS.enter);
  app.resize(59, 20);
  await app.waitFor("this terminal has 59 × 20.");
  await app.type("1", "2");
  app.resize(60, 20);
  await app.waitFor("question 1 of 7");
  app.resize(120, 40);
  await app.waitFor("Feeling nervous, anxious or on edge");
  expect(app.screen.text().split("\n")).toHaveLength(40);
});

test("another process that has the instrument keeps it", () => {
  open("gad7");
  mkdirSync(stateDir, { recursive: true });
  expect(() => open("gad7")).toThrow("The GAD-7 is being answered in another terminal.");
});
