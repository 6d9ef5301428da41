import { join } from "node:path";
import stringWidth from "string-width";
import { describe, expect, test } from "vitest";
import { changeBetween } from "../../../src/assessments/change.ts";
import { findInstrument, INSTRUMENTS } from "../../../src/assessments/find-instrument.ts";
import type { AnswerableInstrument } from "../../../src/assessments/instrument.ts";
import { answer, forward, goTo, isAnswerable, start } from "../../../src/assessments/questionnaire.ts";
import { scoreAnswers } from "../../../src/assessments/score.ts";
import type { AssessmentEntry } from "../../../src/domain/entities/assessment-entry.ts";
import { parseTimestamp } from "../../../src/domain/time/timestamp.ts";
import { keysPage } from "../../../src/output/questionnaire/keys-page.ts";
import { type Page, pageLines, type Size } from "../../../src/output/questionnaire/page.ts";
import { firstPage, questionPage, waitingPage } from "../../../src/output/questionnaire/question-page.ts";
import {
  answersInWords,
  firstLines,
  questionLines,
  resultInWords,
} from "../../../src/output/questionnaire/questions-in-words.ts";
import type { ShownResult } from "../../../src/output/questionnaire/result-facts.ts";
import { answersPage, resultPage } from "../../../src/output/questionnaire/result-page.ts";
import { safetyPage, supportPage } from "../../../src/output/questionnaire/safety-page.ts";
import type { TerminalStyle } from "../../../src/output/terminal-style.ts";
import { withoutCodes } from "../../helpers/golden/golden.ts";
import { styleWith } from "../../helpers/golden/styles.ts";

const NOW = parseTimestamp("2026-11-25T18:44:00+01:00")!;
const SIZES: readonly Size[] = [
  { columns: 60, rows: 20 },
  { columns: 80, rows: 24 },
  { columns: 120, rows: 40 },
];
const LOOKS: readonly (readonly [string, TerminalStyle])[] = [
  ["no colour", styleWith({ depth: "none" })],
  ["ASCII", styleWith({ depth: "none", alphabet: "ascii" })],
];
const instrumentOf = (name: string) => findInstrument(name) as AnswerableInstrument;
const phq9 = instrumentOf("phq9");

function entryOf(name: string, answers: readonly (number | null)[], takenAt: string): AssessmentEntry {
  return {
    id: "0b0b0b0b-0000-4000-8000-000000000000".replace("0b0b0b0b", takenAt.replaceAll(/\D/g, "").slice(0, 8)),
    assessment_type: name,
    taken_at: takenAt,
    ...scoreAnswers(instrumentOf(name), answers),
    metadata: { created_at: "", updated_at: "", deleted_at: null },
  };
}

/** A result, compared with those before it. */
function shownResult(name: string, now: AssessmentEntry, ...earlier: AssessmentEntry[]): ShownResult {
  const compared = earlier.map((entry) => ({ entry, change: changeBetween(entry, now) }));
  return {
    instrument: instrumentOf(name),
    assessment: now,
    schedules: [],
    overlap: null,
    last: compared[0] ?? null,
    first: compared.at(-1) ?? null,
  };
}

const RESULT = shownResult(
  "PHQ-9",
  entryOf("PHQ-9", [1, 1, 1, 1, 1, 1, 0, 0, 0], "2026-11-25T18:44:00+01:00"),
  entryOf("PHQ-9", [2, 1, 1, 1, 1, 1, 1, 0, 0], "2026-11-11T12:00:00+01:00"),
  entryOf("PHQ-9", [3, 2, 2, 2, 1, 2, 1, 1, 0], "2026-03-12T12:00:00+01:00"),
);
const schedule = {
  id: "",
  assessment_type: "PHQ-9",
  frequency: "Biweekly",
  enabled: true,
  next_due_at: "2026-12-09T12:00:00+01:00",
  metadata: { created_at: "", updated_at: "", deleted_at: null },
} as const;
const READER = { region: undefined, contacts: ["Mira, 0170 5550123"], isShort: false };
const given = { now: NOW, hasNotice: false, problem: undefined };
const threeAnswered = [1, 0].reduce(answer, start(phq9, NOW.ms));

const PAGES: readonly (readonly [string, (size: Size, style: TerminalStyle) => Page])[] = [
  ["first page", (...at) => firstPage(phq9, { hasShorter: true, lastTaken: null }, ...at)],
  [
    "first page, taken a while ago",
    (...at) => firstPage(phq9, { hasShorter: true, lastTaken: "You took it 5 days ago." }, ...at),
  ],
  [
    "answers wait",
    (...at) => waitingPage({ questionnaire: threeAnswered, savedAtMs: NOW.ms - 3_600_000 }, NOW, ...at),
  ],
  ["question 3", (...at) => questionPage(threeAnswered, ...at)],
  ["question 3, answered", (...at) => questionPage(goTo(answer(threeAnswered, 1), 3), ...at)],
  ["question 8", (...at) => questionPage(goTo(threeAnswered, 8), ...at)],
  ["question 9", (...at) => questionPage(goTo(threeAnswered, 9), ...at)],
  ["the longest question", (...at) => questionPage(goTo(start(instrumentOf("pcl5"), 0), 9), ...at)],
  ["not scored", (...at) => questionPage({ ...threeAnswered, at: 9 }, ...at)],
  ["one is open", (...at) => questionPage(forward(forward(start(instrumentOf("phq2"), 0))), ...at)],
  ["notice", (...at) => safetyPage(READER, { isStored: true, problem: undefined }, ...at)],
  [
    "notice, not stored",
    (...at) => safetyPage({ ...READER, region: "DE" }, { isStored: false, problem: "! No space." }, ...at),
  ],
  [
    "notice, short",
    (...at) => safetyPage({ ...READER, isShort: true }, { isStored: true, problem: undefined }, ...at),
  ],
  ["support lines", (...at) => supportPage(READER, ...at)],
  ["result", (...at) => resultPage({ ...RESULT, schedules: [schedule] }, given, ...at)],
  [
    "result, after the notice",
    (...at) =>
      resultPage(
        { ...RESULT, overlap: { daysApart: 5, isAfterOther: true, recallDays: 14 } },
        { ...given, hasNotice: true },
        ...at,
      ),
  ],
  [
    "result without question 9",
    (...at) =>
      resultPage(
        shownResult(
          "PHQ-9",
          entryOf("PHQ-9", [1, 1, 1, 1, 1, 1, 0, 0, null], "2026-11-25T18:44:00+01:00"),
          RESULT.last!.entry,
        ),
        given,
        ...at,
      ),
  ],
  [
    "result without bands",
    (...at) =>
      resultPage(
        shownResult("PCL-5", entryOf("PCL-5", Array(20).fill(2), "2026-11-25T18:44:00+01:00")),
        given,
        ...at,
      ),
  ],
  [
    "result that begins at 10",
    (...at) =>
      resultPage(
        shownResult("K10", entryOf("K10", Array(10).fill(3), "2026-11-25T18:44:00+01:00")),
        given,
        ...at,
      ),
  ],
  ["answers", (...at) => answersPage(RESULT, 0, ...at).page],
  ["keys", keysPage],
];

function drawn(make: (typeof PAGES)[number][1], size: Size, style: TerminalStyle): string[] {
  return pageLines(make(size, style), size, style).map((line) => withoutCodes(line).trimEnd());
}

test.each(LOOKS)("the pages at three sizes, %s", async (look, style) => {
  const sections = PAGES.flatMap(([name, make]) =>
    SIZES.map((size) => {
      const lines = drawn(make, size, style);
      return `=== ${name}, ${size.columns} × ${size.rows}\n${lines.join("\n").trimEnd()}\n`;
    }),
  );
  const file = `questionnaire${look === "ASCII" ? "-ascii" : ""}.txt`;
  await expect(sections.join("\n")).toMatchFileSnapshot(join(import.meta.dirname, "../golden", file));
});

describe.each(PAGES)("%s", (_, make) => {
  test("is as high as the terminal, and no line is wider", () => {
    for (const columns of [60, 61, 75, 80, 120]) {
      for (const rows of [20, 23, 24, 40]) {
        for (const [, style] of LOOKS) {
          const lines = drawn(make, { columns, rows }, style);
          expect(lines).toHaveLength(rows);
          for (const line of lines) expect(stringWidth(line)).toBeLessThan(columns);
          expect(lines.at(-1)).not.toBe("");
        }
      }
    }
  });

  test("has no colour", () => {
    const style = styleWith();
    const size = { columns: 80, rows: 24 };
    const codes = pageLines(make(size, style), size, style)
      .join("\n")
      .match(/\[[\d;]+m/g);
    expect([...new Set(codes ?? [])].filter((code) => !/\[(1|2|22)m/.test(code))).toEqual([]);
  });
});

test("every question of every instrument has room for all of its text on the smallest terminal", () => {
  const [size] = SIZES;
  const style = LOOKS[0]![1];
  const shown = (text: string) => text.replaceAll(/\s+/g, " ");
  for (const instrument of INSTRUMENTS.filter(isAnswerable)) {
    const { stem, items, options } = instrument.questions;
    for (const [index, item] of items.entries()) {
      const at = goTo(start(instrument, 0), index + 1);
      const text = shown(drawn((...given) => questionPage(at, ...given), size!, style).join(" "));
      for (const part of [stem, item.text, item.skip?.label ?? "", ...options.map(({ label }) => label)]) {
        expect(text).toContain(part);
      }
    }
    const first = drawn(
      (...given) => firstPage(instrument, { hasShorter: true, lastTaken: null }, ...given),
      size!,
      style,
    );
    expect(shown(first.join(" "))).toContain(instrument.licence.text);
  }
});

test("no support line is cut, and neither the region's, the person's own nor the one for elsewhere is left out", () => {
  const contacts = ["Mira, 0170 5550123", "x".repeat(80)];
  for (const size of SIZES) {
    const lines = drawn(
      (...at) =>
        safetyPage({ region: "FR", contacts, isShort: false }, { isStored: true, problem: "! It." }, ...at),
      size,
      LOOKS[0]![1],
    );
    const text = lines.join(" ").replaceAll(/\s+/g, " ");
    expect(text).toContain("numéro national de prévention du suicide, call 3114");
    expect(text).toContain("findahelpline.com");
    expect(text).toContain("Mira, 0170 5550123");
    expect(text).toContain("not a medical device.");
    expect(text).not.toContain("…");
  }
});

test("what is said line by line", async () => {
  const sections = {
    "first lines": firstLines(phq9),
    "question 3": questionLines(threeAnswered),
    "question 9, left out": questionLines(goTo(answer(goTo(threeAnswered, 9), null), 9)),
    "not scored": questionLines({ ...threeAnswered, at: 9 }),
    result: resultInWords(RESULT, NOW),
    answers: answersInWords(phq9, { ...RESULT.assessment, difficulty: 1 }),
  };
  const text = Object.entries(sections).map(([name, lines]) => `=== ${name}\n${lines.join("\n")}\n`);
  await expect(text.join("\n")).toMatchFileSnapshot(
    join(import.meta.dirname, "../golden/questionnaire-plain.txt"),
  );
});
