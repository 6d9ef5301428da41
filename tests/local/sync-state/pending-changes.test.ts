import { afterEach, beforeEach, expect, test } from "vitest";
import { editEntry } from "../../../src/entries/edit-entry.ts";
import { logMood } from "../../../src/entries/log-mood.ts";
import {
  countPending,
  forgetOutgoing,
  hasOutgoing,
  listPending,
  listPendingTypes,
  markAllPending,
} from "../../../src/local/sync-state/pending-changes.ts";
import {
  forgetRejections,
  listRejections,
  recordRejection,
} from "../../../src/local/sync-state/rejected-changes.ts";
import { listSent, recordSent } from "../../../src/local/sync-state/sent-versions.ts";
import { wasEditedHere } from "../../../src/local/versions/history.ts";
import { acknowledgeRow, countLive, readRow, type StoredRow } from "../../../src/local/versions/rows.ts";
import { openTemporaryStore } from "../../helpers/device/open-store.ts";

const NOW = Date.parse("2026-11-22T12:00:00Z");
let store: ReturnType<typeof openTemporaryStore>;
let row: StoredRow;

beforeEach(() => {
  store = openTemporaryStore();
  row = readRow(
    store.db,
    "MoodEntry",
    logMood({ db: store.db, nowMs: NOW, zone: () => 0 }, { value: 3 }).mood.id,
  )!;
});
afterEach(() => store.remove());

const pendingIds = (appVersion = "1") =>
  [...listPending(store.db, "MoodEntry", appVersion)].map(({ id }) => id);

function reject(): void {
  const { entityType, id, revision } = row;
  recordRejection(store.db, {
    ...{ entityType, id, revision, reason: "invalid", detail: "note x" },
    ...{ appVersion: "1", nowMs: NOW },
  });
}

function edit(): void {
  const entries = { db: store.db, nowMs: NOW + 1, zone: () => 0 };
  editEntry(entries, { entityType: "MoodEntry", id: row.id }, { note: "edited" });
}

test("a new entry is pending until its revision is acknowledged", () => {
  expect(pendingIds()).toEqual([row.id]);
  expect(listPendingTypes(store.db)).toEqual(["MoodEntry"]);
  expect(acknowledgeRow(store.db, "MoodEntry", row.id, row.revision)).toBe(true);
  expect(pendingIds()).toEqual([]);
  expect(hasOutgoing(store.db)).toBe(false);
  expect(countLive(store.db)).toBe(1);
});

test("a rejected entry waits for an edit or another version of the program", () => {
  reject();
  expect(pendingIds()).toEqual([]);
  expect(countPending(store.db, "1")).toEqual({ pending: 1, rejected: 1 });
  expect(listRejections(store.db, "1")).toMatchObject([{ id: row.id, reason: "invalid", detail: "note x" }]);
  expect(pendingIds("2")).toEqual([row.id]);
  expect(listRejections(store.db, "2")).toEqual([]);
  edit();
  expect(pendingIds()).toEqual([row.id]);
  expect(countPending(store.db, "1")).toEqual({ pending: 1, rejected: 0 });
});

test("what was rejected is uploaded again when all rejections are forgotten", () => {
  reject();
  forgetRejections(store.db);
  expect(pendingIds()).toEqual([row.id]);
});

test("an entry that was sent without an answer is not listed again beside that version", () => {
  recordSent(store.db, row);
  edit();
  expect(pendingIds()).toEqual([]);
  expect(listSent(store.db, () => false)).toMatchObject([{ id: row.id, revision: row.revision }]);
  forgetOutgoing(store.db, "MoodEntry", row.id);
  expect(listSent(store.db, () => false)).toEqual([]);
  expect(pendingIds()).toEqual([row.id]);
});

test("only a version that a command replaced was edited here", () => {
  expect(wasEditedHere(store.db, row)).toBe(false);
  edit();
  expect(wasEditedHere(store.db, row)).toBe(true);
  expect(wasEditedHere(store.db, { ...row, updatedAtMs: row.updatedAtMs + 1 })).toBe(false);
});

test("an acknowledged row has itself as base, also when it is made pending again, and a pending one keeps its own", () => {
  const { db } = store;
  const stampOf = ({ updatedAtMs, contentHash }: StoredRow) => ({ updatedAtMs, contentHash });
  const entries = { db, nowMs: NOW, zone: () => 0 };
  const { mood } = logMood(entries, { value: 4 });
  for (const id of [row.id, mood.id]) {
    acknowledgeRow(db, "MoodEntry", id, readRow(db, "MoodEntry", id)!.revision);
  }
  const acknowledged = readRow(db, "MoodEntry", mood.id)!;
  editEntry(entries, { entityType: "MoodEntry", id: mood.id }, { value: 5 });
  expect(readRow(db, "MoodEntry", row.id)!.base).toEqual(stampOf(row));
  expect(readRow(db, "MoodEntry", mood.id)!.base).toEqual(stampOf(acknowledged));
  markAllPending(db);
  expect(pendingIds()).toEqual([row.id, mood.id]);
  expect(readRow(db, "MoodEntry", row.id)!.base).toEqual(stampOf(row));
  expect(readRow(db, "MoodEntry", mood.id)!.base).toEqual(stampOf(acknowledged));
  const never = logMood(entries, { value: 1 }).mood;
  markAllPending(db);
  expect(readRow(db, "MoodEntry", never.id)!.base).toBeNull();
});
