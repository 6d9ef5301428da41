import type Database from "better-sqlite3";
import { statement } from "./statements.ts";

/** New moods that a transaction adds to the index itself. More are left to the next search. */
const NEW_AT_ONCE = 100;

/** Brings the search index in step with the moods that this transaction has changed, and with its new ones unless they
 *  are many; its last step. */
export function updateSearchIndex(db: Database.Database): void {
  if (statement(db, "select 1 from mood_search_pending limit 1").get() !== undefined) indexChanged(db);
  const newest = (statement(db, NEWEST).pluck().get() as number | null) ?? 0;
  const count = newest - searchIndexEnd(db);
  // Where a backup of fewer moods was restored, the next new one gets the rowid of one that is gone.
  if (count < 0) statement(db, "update mood_search_end set mood = ?").run(newest);
  if (count > 0 && count <= NEW_AT_ONCE) indexNew(db);
}

/** The rowid above which no mood is in the index. Adds those that transactions have left to the search first, unless the
 *  database cannot be written, or not now. */
export function completeSearchIndex(db: Database.Database): number {
  const sql = "select 1 from mood_entries where rowid > (select mood from mood_search_end) limit 1";
  if (statement(db, sql).get() !== undefined) {
    try {
      db.transaction(() => indexNew(db)).immediate();
    } catch (error) {
      if (!(error as { code?: string }).code?.startsWith("SQLITE_")) throw error;
    }
  }
  return searchIndexEnd(db);
}

function searchIndexEnd(db: Database.Database): number {
  return statement(db, "select mood from mood_search_end").pluck().get() as number;
}

function indexChanged(db: Database.Database): void {
  statement(db, FORGET).run();
  statement(db, ADD).run();
  statement(db, "delete from mood_search_pending").run();
}

function indexNew(db: Database.Database): void {
  statement(db, ADD_NEW).run();
  statement(db, `update mood_search_end set mood = (${NEWEST})`).run();
}

const NEWEST = "select max(rowid) from mood_entries";
/** A live mood has activities, be it none. */
const FORGET = `insert into mood_search (mood_search, rowid, note, activities)
  select 'delete', mood, note, replace(activities, '-', '') from mood_search_pending where activities is not null`;
/** `cross`: few are pending, and without it SQLite reads all moods and looks each up among those. */
const ADD = `insert into mood_search (rowid, note, activities)
  select mood, entity.note, replace(entity.activities, '-', '')
  from mood_search_pending cross join mood_entries as entity on entity.rowid = mood
  where entity.deleted_at is null and mood <= (select mood from mood_search_end)`;
const ADD_NEW = `insert into mood_search (rowid, note, activities)
  select rowid, note, replace(activities, '-', '') from mood_entries
  where rowid > (select mood from mood_search_end) and deleted_at is null`;
