import { existsSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { expect, test } from "vitest";
import { type NoticeReader, noticeOf } from "../../src/entries/safety-notice.ts";
import { temporaryDirectory } from "../helpers/temporary-directory.ts";

const TRIGGERING = { assessment_type: "PHQ-9", score: 1, answers: [0, 0, 0, 0, 0, 0, 0, 0, 1] };

function readerIn(directory: string, prefersShort = true): NoticeReader {
  return { region: "DE", contacts: ["Ada, 12345"], prefersShort, stateDir: () => directory };
}

test("whoever prefers it short sees it in full once, and it counts as seen only when it was shown", () => {
  const directory = temporaryDirectory("notice");
  const reader = readerIn(directory);
  for (let time = 0; time < 2; time++) expect(noticeOf(reader, TRIGGERING)!.notice.text).toContain("Ada");
  const due = noticeOf(reader, TRIGGERING)!;
  due.wasShown();
  expect(existsSync(join(directory, "safety-notice-shown"))).toBe(true);
  expect(noticeOf(reader, TRIGGERING)!.notice.text).not.toContain("Ada");
  expect(noticeOf(readerIn(directory, false), TRIGGERING)!.notice.text).toContain("Ada");
});

test("the neutral line does not count as the notice in full", () => {
  const directory = temporaryDirectory("notice");
  const reader = readerIn(directory);
  const due = noticeOf(reader, { assessment_type: "PHQ-9", score: 3 })!;
  expect(due.notice.triggered).toBe(false);
  due.wasShown();
  expect(noticeOf(reader, TRIGGERING)!.notice.text).toContain("Ada");
});

test("where nothing can be remembered it is shown in full each time", () => {
  const file = join(temporaryDirectory("notice"), "no-directory");
  writeFileSync(file, "");
  const reader = readerIn(file);
  noticeOf(reader, TRIGGERING)!.wasShown();
  expect(noticeOf(reader, TRIGGERING)!.notice.text).toContain("Ada");
  const homeless: NoticeReader = {
    ...readerIn("", false),
    stateDir: () => {
      throw new Error("no home directory");
    },
  };
  const due = noticeOf(homeless, TRIGGERING)!;
  due.wasShown();
  expect(due.notice.text).toContain("Ada");
});

test("a result of a type of one's own has none", () => {
  expect(noticeOf(readerIn(""), { assessment_type: "my own", score: 9 })).toBeNull();
});
