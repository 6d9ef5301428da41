import { readFileSync } from "node:fs";
import { join } from "node:path";
import type Database from "better-sqlite3";
import { afterEach, beforeEach, expect, test } from "vitest";
import { versionToChange } from "../../../src/domain/versions/version.ts";
import { deleteEntries } from "../../../src/entries/delete-entries.ts";
import { editEntry } from "../../../src/entries/edit-entry.ts";
import { logMood } from "../../../src/entries/log-mood.ts";
import { restoreEntry } from "../../../src/entries/restore-entry.ts";
import { redoLast, undoLast } from "../../../src/entries/undo-last.ts";
import { openDatabase } from "../../../src/local/storage/database.ts";
import { databaseFile } from "../../../src/local/storage/home.ts";
import { toEnd } from "../../../src/local/storage/to-end.ts";
import { emptyCursor } from "../../../src/local/sync-state/empty-cursor.ts";
import { listSent, recordSent, type SentVersion } from "../../../src/local/sync-state/sent-versions.ts";
import { createSyncConfig } from "../../../src/local/sync-state/sync-config.ts";
import { acknowledgeRow, readRow, type StoredRow } from "../../../src/local/versions/rows.ts";
import { packageRoot } from "../../../src/package-root.ts";
import { openTemporaryStore } from "../../helpers/device/open-store.ts";

/** From here on milliseconds since 1970 soon have the other sign. */
const NOW = Date.parse("1969-12-31T23:59:59.990Z");
let store: ReturnType<typeof openTemporaryStore>;
let db: Database.Database;
beforeEach(() => {
  store = openTemporaryStore();
  ({ db } = store);
});
afterEach(() => store.remove());

/** Each command a millisecond after the one before. */
let commands = 0;
const entries = () => ({ db, nowMs: NOW + commands++, zone: () => 60 });
const log = (note: string) => readMood(logMood(entries(), { value: 4, note }).mood.id);
const readMood = (id: string) => readRow(db, "MoodEntry", id)!;
const edit = (id: string, note: string) => editEntry(entries(), { entityType: "MoodEntry", id }, { note });
const remove = (id: string) => deleteEntries(entries(), [{ entityType: "MoodEntry", id }]);

/** A mood that the server has acknowledged, edited since. */
function logAndEdit(): StoredRow {
  const { id, revision } = log("acknowledged");
  acknowledgeRow(db, "MoodEntry", id, revision);
  edit(id, "edited");
  return readMood(id);
}

/** As it goes over the wire, with the time of its base. */
const asSent = (version: SentVersion) => ({
  ...versionToChange(version),
  contentHash: version.contentHash,
  revision: version.revision,
  base: version.base?.updatedAtMs,
});
const listAsSent = () => listSent(db, () => false).map(asSent);

const CHANGES: [string, (id: string) => void][] = [
  ["nothing", () => {}],
  ["an edit", (id) => edit(id, "again")],
  ["two edits", (id) => [edit(id, "again"), edit(id, "and again")]],
  ["a deletion", (id) => remove(id)],
  [
    "a deletion that is taken back",
    (id) => [remove(id), toEnd(undoLast(entries())), toEnd(redoLast(entries()))],
  ],
  ["an undo", () => toEnd(undoLast(entries()))],
  ["a restored deletion", (id) => [remove(id), restoreEntry(entries(), { entityType: "MoodEntry", id })]],
  ["an emptied cursor", () => [createSyncConfig(db, crypto.randomUUID()), emptyCursor(db)]],
  ["an edit and an emptied cursor", (id) => [edit(id, "again"), emptyCursor(db)]],
];

test.each(CHANGES)(
  "a version without an answer goes again unchanged, base included, after %s",
  (_name, change) => {
    const row = logAndEdit();
    recordSent(db, row);
    change(row.id);
    expect(listAsSent()).toEqual([asSent(row)]);
  },
);

test.each([
  ["nothing", () => {}],
  ["an undo", () => toEnd(undoLast(entries()))],
  ["a restored deletion", (id: string) => restoreEntry(entries(), { entityType: "MoodEntry", id })],
])("so does a deletion, after %s", (_name, change) => {
  const { id } = logAndEdit();
  remove(id);
  const row = readMood(id);
  recordSent(db, row);
  change(id);
  expect(listAsSent()).toEqual([asSent(row)]);
});

test("the versions of rows that are skipped are not listed", () => {
  const row = logAndEdit();
  recordSent(db, row);
  expect(listSent(db, (key) => key === `MoodEntry/${row.id}`)).toEqual([]);
  expect(listAsSent()).toEqual([asSent(row)]);
});

test("a version that is found nowhere is forgotten, so that its row is sent as it stands", () => {
  const row = logAndEdit();
  recordSent(db, { ...row, revision: row.revision - 1, contentHash: "0".repeat(16) });
  expect(listSent(db, () => false)).toEqual([]);
  expect(db.prepare("select count(*) from sent_versions").pluck().get()).toBe(0);
});

test("versions that an earlier moodsync sent without an answer go again unchanged", () => {
  const standing = logAndEdit();
  const replaced = logAndEdit();
  const deleted = readMood(logAndEdit().id);
  remove(deleted.id);
  const tombstone = readMood(deleted.id);
  const sent = [standing, replaced, tombstone];
  const nowhere = { ...logAndEdit(), revision: 1, updatedAtMs: 1 };
  const file = databaseFile(store.home);
  storeAsEarlier(db, [...sent, nowhere]);
  edit(replaced.id, "after it was sent");
  restoreEntry(entries(), { entityType: "MoodEntry", id: tombstone.id });
  db.close();

  db = openDatabase(file);
  const byId = (a: SentVersion, b: SentVersion) => (a.id < b.id ? -1 : 1);
  expect(listAsSent()).toEqual(sent.toSorted(byId).map(asSent));
  db.close();
});

/** Makes it a database of before, in which the versions were stored as the JSON of their changes. */
function storeAsEarlier(db: Database.Database, sent: SentVersion[]): void {
  const first = readFileSync(join(packageRoot(), "migrations", "local", "0001_entities.sql"), "utf8");
  db.exec("drop table sent_versions");
  db.exec(/create table sent_versions [^;]+;/.exec(first)![0]);
  for (const version of sent) {
    const change = { ...versionToChange(version), base_updated_at: null };
    db.prepare("insert into sent_versions values (?, ?, ?, ?)").run(
      ...[version.entityType, version.id, version.revision, JSON.stringify(change)],
    );
  }
  db.pragma("user_version = 7");
}
