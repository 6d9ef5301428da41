import type Database from "better-sqlite3";
import { statement } from "./statements.ts";

/** Brings the search index in step with the moods that this transaction has changed; its last step. */
export function updateSearchIndex(db: Database.Database): void {
  if (statement(db, "select 1 from mood_search_pending limit 1").get() === undefined) return;
  statement(db, FORGET).run();
  statement(db, ADD).run();
  statement(db, "delete from mood_search_pending").run();
}

/** A live mood has activities, be it none. */
const FORGET = `insert into mood_search (mood_search, rowid, note, activities)
  select 'delete', mood, note, replace(activities, '-', '') from mood_search_pending where activities is not null`;
const ADD = `insert into mood_search (rowid, note, activities)
  select mood, entity.note, replace(entity.activities, '-', '')
  from mood_search_pending join mood_entries as entity on entity.rowid = mood
  where entity.deleted_at is null`;
