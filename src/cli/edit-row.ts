import type { Activity } from "../domain/entities/activity.ts";
import type { AssessmentEntry } from "../domain/entities/assessment-entry.ts";
import { chooseActivities } from "../entries/activities.ts";
import { editEntry } from "../entries/edit-entry.ts";
import { activityLabels } from "../local/queries/activities.ts";
import { shortId } from "../local/queries/short-id.ts";
import type { StoredRow } from "../local/versions/rows.ts";
import { entityLine } from "../output/entity-line.ts";
import { applyEdit } from "./apply-edit.ts";
import type { Context } from "./context.ts";
import type { Edit, EditOptions } from "./edit-options.ts";
import { checkApplies } from "./edit-options.ts";
import { answer, entityJson, nowHere } from "./output-options.ts";
import { showSafetyNotice } from "./safety.ts";
import { sayCreated, suggestingLabels } from "./typed-activities.ts";

/** Edits one entity in one transaction and prints it. What changes nothing makes no new version. */
export async function editRow(
  context: Context,
  options: EditOptions,
  given: { name: string; edit: Edit; find(): StoredRow },
): Promise<void> {
  const { name, edit, find } = given;
  const db = await context.database();
  const now = nowHere(context);
  let created: Activity[] = [];
  const { entityType, entity, isChanged } = editEntry(db, {
    name,
    nowMs: now.ms,
    find,
    change(row, writer) {
      checkApplies(edit, row.entityType);
      const labels = edit.activity;
      const chosen = labels && { labels, createSimilar: options.create };
      const resolved = chosen && suggestingLabels(context, () => chooseActivities(db, writer, chosen));
      created = resolved?.created ?? [];
      return applyEdit(row.entityType, row.entity!, edit, resolved?.ids);
    },
  });
  sayCreated(context, options, created);
  const isScored = edit.type !== undefined || edit.score !== undefined || edit.answers !== undefined;
  const safety =
    entityType === "AssessmentEntry" && isScored
      ? { safety: showSafetyNotice(context, entity as AssessmentEntry) }
      : {};
  const line = entityLine(entityType, entity, { now, labels: activityLabels(db) });
  answer(context, options, {
    line: `${isChanged ? "Changed" : "Nothing changed:"} ${line} · ${shortId(db, entity.id)}`,
    json: { ...entityJson(entityType, entity), ...safety },
  });
}
