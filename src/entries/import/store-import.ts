import type { AssessmentEntry } from "../../domain/entities/assessment-entry.ts";
import type { Entity } from "../../domain/entities/entity.ts";
import type { EntityType } from "../../domain/entities/entity-type.ts";
import { joinFields } from "../../domain/entities/extra.ts";
import type { MoodEntry } from "../../domain/entities/mood-entry.ts";
import { timestampToMs } from "../../domain/time/timestamp.ts";
import { liveVersion, tombstone } from "../../domain/versions/version.ts";
import { recordHistory } from "../../local/versions/history.ts";
import { readRow } from "../../local/versions/rows.ts";
import { takenBack } from "../../local/versions/undo.ts";
import { type Batch, listBatches, type UndoneBatch, undoBatch } from "../../local/versions/undo-batch.ts";
import { type EntityDraft, type Writer, writeInSteps } from "../../local/versions/write.ts";
import { openLabels } from "../activities.ts";
import type { Entries } from "../entries.ts";
import { advanceSchedules } from "../schedules.ts";
import { type IdentifiedEntity, IMPORT_COMMAND, identifyRows } from "./identify.ts";
import { type ImportCounts, noCounts, type StagedImport } from "./stage-import.ts";

/** What came of storing a file. `batch` is the number of the command; null: nothing was new by now. */
export interface StoredImport {
  batch: number | null;
  counts: Record<EntityType, ImportCounts>;
}

/** Rows after which storing can be ended. */
const ROWS_A_STEP = 500;

/** Stores what is new in a file, in steps and all or nothing, creates the activities that are not there yet, and moves the due dates of
 *  schedules by what was taken. What is here stays as it is. */
export function* storeImport(entries: Entries, { rows }: StagedImport): Generator<void, StoredImport> {
  const { db, nowMs, zone } = entries;
  const counts = noCounts();
  const undone = takenBack(db, IMPORT_COMMAND);
  const lastTakenMs = new Map<string, number>();
  const batch = yield* writeInSteps(db, { name: IMPORT_COMMAND, nowMs }, function* (writer) {
    let count = 0;
    const { idOf, created } = openLabels(db, writer);
    for (const row of identifyRows(entries, rows.list(), undone)) {
      if (++count % ROWS_A_STEP === 0) yield;
      if ("isPast" in row) {
        recordHistory(db, row.version, row.ending);
        continue;
      }
      const { draft, id, status, isHere } = row;
      counts[draft.entityType][status] += 1;
      if (status !== "new") continue;
      if (isHere) undone.delete(`${draft.entityType} ${id}`);
      const store: Writer["put"] = isHere ? writer.put : writer.create;
      if (draft.isWhole) storeWhole(entries, writer, row);
      else if (draft.entityType === "MoodEntry") {
        const activities = [...new Set(draft.labels?.map(idOf))];
        store("MoodEntry", joinFields(draft.entity as Omit<MoodEntry, "id">, { activities, id }));
      } else {
        const { assessment_type, taken_at } = store("AssessmentEntry", {
          ...(draft.entity as Omit<AssessmentEntry, "id">),
          id,
        });
        const takenMs = timestampToMs(taken_at);
        lastTakenMs.set(assessment_type, Math.max(takenMs, lastTakenMs.get(assessment_type) ?? takenMs));
      }
    }
    counts.Activity.new += created.length;
    for (const [assessmentType, takenMs] of lastTakenMs)
      advanceSchedules(db, writer, { assessmentType, takenMs, zone });
    return writer.commandId();
  });
  return { batch, counts };
}

/** The imports of this device that stand, the last first. */
export function listImports({ db }: Entries): Batch[] {
  return listBatches(db, IMPORT_COMMAND);
}

/** Takes an import back, in steps, as a new edit that syncs. What was edited since stays, and so do activities that other
 *  moods name by now. Null where no import with this number stands. */
export function undoImport({ db, nowMs }: Entries, id: number): Generator<void, UndoneBatch | null> {
  return undoBatch(db, nowMs, { name: IMPORT_COMMAND, id });
}

/** An entity as it was written elsewhere. Where an undo has deleted it here since, that is a later version, so it is written
 *  anew. */
function storeWhole({ db }: Entries, writer: Writer, { draft, isHere }: IdentifiedEntity): void {
  const { entityType } = draft;
  const entity = draft.entity as Entity;
  const { deleted_at, updated_at } = entity.metadata;
  const updatedAtMs = timestampToMs(updated_at);
  const row = isHere ? readRow(db, entityType, entity.id) : null;
  if (deleted_at !== null) writer.keep(tombstone(entityType, entity.id, updatedAtMs), entity);
  else if (row && row.updatedAtMs >= updatedAtMs) writer.put(entityType, entity as EntityDraft<EntityType>);
  else writer.keep(liveVersion(entityType, entity), null);
}
