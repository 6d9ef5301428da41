import type Database from "better-sqlite3";
import type { AssessmentEntry } from "../domain/entities/assessment-entry.ts";
import { type AssessmentEdit, isScoredAnew } from "../entries/apply-edit.ts";
import { editEntry } from "../entries/edit-entry.ts";
import { shownLabels } from "../local/queries/activities.ts";
import { shortId } from "../local/queries/short-id.ts";
import type { StoredRow } from "../local/versions/rows.ts";
import { entityLine } from "../output/entity-line.ts";
import type { Context } from "./context.ts";
import type { EditOf } from "./edit-options.ts";
import { openEntries } from "./open-entries.ts";
import { answer, entityJson, lineContext, type OutputOptions } from "./output-options.ts";
import { offeringMerge } from "./run-merge.ts";
import { showSafetyNotice } from "./safety.ts";
import { sayCreated, suggestingLabels } from "./typed-activities.ts";

/** Edits the entry that is found, as the command of these words, and prints it. */
export async function runEdit(
  context: Context,
  options: OutputOptions,
  given: { command: string; find(db: Database.Database): StoredRow; editOf: EditOf },
): Promise<void> {
  const { command, find, editOf } = given;
  const entries = await openEntries(context);
  const { db } = entries;
  const row = find(db);
  const { entityType } = row;
  const edit = editOf(entityType);
  const edited = await offeringMerge(context, options, { entries, row, edit }, () =>
    suggestingLabels(context, () => editEntry(entries, row, edit, { command })),
  );
  if (!edited) return;
  const { entity, isChanged, created } = edited;
  sayCreated(context, options, db, created);
  const safety =
    entityType === "AssessmentEntry" && isScoredAnew(edit as AssessmentEdit)
      ? { safety: showSafetyNotice(context, entity as AssessmentEntry) }
      : {};
  const line = { ...lineContext(context, shownLabels(db)), saysYesterday: true };
  answer(context, options, {
    line: `${isChanged ? "Changed" : "Nothing changed:"} ${entityLine(entityType, entity, line)}${line.separator}${shortId(db, entity.id)}`,
    json: { ...entityJson(entityType, entity), ...safety },
  });
}
