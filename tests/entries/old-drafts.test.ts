import { mkdirSync, readdirSync, statSync, utimesSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { afterEach, beforeEach, expect, test } from "vitest";
import { deleteEntries } from "../../src/entries/delete-entries.ts";
import type { Entries } from "../../src/entries/entries.ts";
import { logMood } from "../../src/entries/log-mood.ts";
import { openNoteDrafts } from "../../src/entries/note-drafts.ts";
import {
  DRAFTS_WAIT_MS,
  forgetOldDrafts,
  formDraftFile,
  noteDraftFile,
} from "../../src/entries/old-drafts.ts";
import { openTemporaryEntries } from "../helpers/device/open-entries.ts";
import { temporaryDirectory } from "../helpers/temporary-directory.ts";

let entries: Entries;
let remove: () => void;
let stateDir: string;
beforeEach(() => {
  ({ entries, remove } = openTemporaryEntries());
  stateDir = join(temporaryDirectory("drafts"), "state");
  mkdirSync(stateDir);
});
afterEach(() => remove());

/** Leaves a text of each kind, for a mood of its own; all but the note that is not logged yet are of that mood. */
function leaveDrafts(): string {
  const { id } = logMood(entries, { value: 4 }).mood;
  for (const file of [formDraftFile(stateDir, id), noteDraftFile(stateDir)]) {
    writeFileSync(file, "half a note");
    utimesSync(file, entries.nowMs / 1000, entries.nowMs / 1000);
  }
  openNoteDrafts({ stateDir }).keep(id, "half a note", entries.nowMs);
  return id;
}

test("what was written waits for 30 days, each by itself, and other files stay", () => {
  const id = leaveDrafts();
  writeFileSync(join(stateDir, "device-id"), "");
  const later = entries.nowMs + DRAFTS_WAIT_MS;
  const other = logMood(entries, { value: 3 }).mood.id;
  openNoteDrafts({ stateDir }).keep(other, "another", later);
  const all = ["device-id", `edit-${id}.txt`, "note-draft.txt", "note-drafts.json"];
  forgetOldDrafts({ ...entries, nowMs: later - 1 }, stateDir);
  expect(readdirSync(stateDir).sort()).toEqual(all);
  expect(openNoteDrafts({ stateDir }).moodIds()).toEqual([id, other]);
  forgetOldDrafts({ ...entries, nowMs: later }, stateDir);
  expect(readdirSync(stateDir).sort()).toEqual(["device-id", "note-drafts.json"]);
  expect(openNoteDrafts({ stateDir }).moodIds()).toEqual([other]);
  expect(statSync(join(stateDir, "note-drafts.json")).mode & 0o777).toBe(0o600);
});

test("what was written for an entry goes when that is deleted", () => {
  const id = leaveDrafts();
  deleteEntries(entries, [{ entityType: "MoodEntry", id }]);
  forgetOldDrafts(entries, stateDir);
  expect(readdirSync(stateDir)).toEqual(["note-draft.txt"]);
});

test("without a state directory there is nothing to forget", () => {
  expect(() => forgetOldDrafts(entries, join(stateDir, "nowhere"))).not.toThrow();
});
