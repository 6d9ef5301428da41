import type Database from "better-sqlite3";
import { findInstrument } from "../assessments/find-instrument.ts";
import { ENTITY_TABLE, ENTITY_TYPES } from "../domain/entities/entity-type.ts";
import type { Zone } from "../domain/time/wall-time.ts";
import { type DueSchedule, dueSchedules } from "../local/queries/due-schedules.ts";
import { statement } from "../local/storage/statements.ts";
import { countPending } from "../local/sync-state/pending-changes.ts";
import { readSyncConfig } from "../local/sync-state/sync-config.ts";
import { lastSyncRuns } from "../local/sync-state/sync-runs.ts";
import type { DueAssessment } from "./decide-reminders.ts";
import type { Look } from "./look.ts";

/** Looks into the database for the daemon. */
export function lookAtDatabase(
  db: Database.Database,
  given: { appVersion: string; nowMs: number; zone: Zone },
): Look {
  const config = readSyncConfig(db);
  const { pending, rejected } = countPending(db, given.appVersion);
  const { due, next } = dueSchedules(db, given);
  const enabled = config?.enabled ?? false;
  return {
    enabled,
    endpointUrl: config?.endpointUrl ?? null,
    deviceId: config?.deviceId ?? null,
    lastSuccessAtMs: lastSyncRuns(db).lastSuccessAtMs,
    pending: pending - rejected,
    due: due.filter((schedule) => !wasTaken(db, schedule)).map(toAssessment),
    nextDueAtMs: next?.dueAt.ms ?? null,
    isLastUsedDevice: due.length === 0 || !enabled || isNewestMadeHere(db),
  };
}

function toAssessment({ id, assessmentType, dueAt }: DueSchedule): DueAssessment {
  return { occurrence: `${id} ${dueAt.ms}`, name: findInstrument(assessmentType)?.name ?? null };
}

/** Logging an assessment moves its schedule on; an import does not. */
function wasTaken(db: Database.Database, { assessmentType, dueAt }: DueSchedule): boolean {
  const sql = `select 1 from assessments
    where deleted_at is null and taken_at >= ? and assessment_type = ? limit 1`;
  return statement(db, sql).get(dueAt.ms, assessmentType) !== undefined;
}

/** Every device that has synced knows the same newest version, and it was made on one of them. */
function isNewestMadeHere(db: Database.Database): boolean {
  const newest = ENTITY_TYPES.map(
    (entityType) =>
      `select * from (select '${entityType}' as entity_type, id, updated_at, content_hash
         from ${ENTITY_TABLE[entityType]} order by updated_at desc limit 1)`,
  ).join(" union all ");
  const sql = `select 1 from (${newest} order by updated_at desc limit 1) as newest
    join command_changes as made using (entity_type, id)
    where made.after_hash = newest.content_hash limit 1`;
  return statement(db, sql).get() !== undefined;
}
