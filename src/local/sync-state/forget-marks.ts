import type Database from "better-sqlite3";
import { statement } from "../storage/statements.ts";
import { forgetDeferred } from "./deferred-changes.ts";
import { forgetRejection } from "./pending-changes.ts";
import { forgetSent } from "./sent-versions.ts";

/** Forgets that a version of a row was sent without an answer, refused, or could not be read. Mostly there is nothing
 *  of the kind of any row, which one look tells. */
export function forgetMarks(db: Database.Database, entityType: string, id: string): void {
  if (statement(db, ANY_MARKS).pluck().get() === 0) return;
  forgetSent(db, entityType, id);
  forgetRejection(db, entityType, id);
  forgetDeferred(db, entityType, id);
}

const ANY_MARKS = `select ${["sent_versions", "rejected_changes", "deferred_changes"]
  .map((table) => `exists (select 1 from ${table})`)
  .join(" or ")}`;
