import { statSync } from "node:fs";
import type Database from "better-sqlite3";
import { findInstrument } from "../assessments/find-instrument.ts";
import type { Schedule } from "../domain/entities/schedule.ts";
import { groupedNumber } from "../domain/text/grouped-number.ts";
import { DAY_MS, MINUTE_MS } from "../domain/time/durations.ts";
import { occurrenceAfter } from "../domain/time/occurrence.ts";
import { parseTimestamp } from "../domain/time/timestamp.ts";
import type { Zone } from "../domain/time/wall-time.ts";
import { firstEntryMs, newestChangeMs } from "../local/queries/first-entry.ts";
import { listRows } from "../local/queries/list-rows.ts";
import { listBackups } from "../local/storage/backup.ts";
import { isIntactCopy } from "../local/storage/database.ts";
import { lastBackupMs } from "../local/storage/last-backup.ts";
import { readContents, requireIntact } from "../local/storage/verify-copy.ts";
import { countDeferred } from "../local/sync-state/deferred-changes.ts";
import { countPending } from "../local/sync-state/pending-changes.ts";
import { readSyncConfig } from "../local/sync-state/sync-config.ts";
import { listDamagedRows } from "../local/versions/damaged-rows.ts";
import { isCopiedDatabase } from "../sync/device-state.ts";
import { describeSkew, REPORTED_SKEW_MS } from "../sync/sync-now.ts";
import { type Finding, note, ok, problem } from "./finding.ts";

/** What a database is looked at with. */
export interface Examined {
  db: Database.Database;
  file: string;
  stateDir: string;
  appVersion: string;
  nowMs: number;
  zone: Zone;
  /** Words for a time in ms, as people here read it. */
  moment(ms: number): string;
}

/** Looks through a database that could be opened. */
export function examineDatabase(examined: Examined): Finding[] {
  return [
    content(examined),
    ...backups(examined),
    ...schedules(examined),
    ...waiting(examined),
    ...clock(examined),
    ...copied(examined),
  ];
}

/** Throws SQLite's error where it is damaged. */
function content({ db, file }: Examined): Finding {
  requireIntact(db);
  const damaged = listDamagedRows(db).length;
  if (damaged > 0) {
    const text = `${damaged === 1 ? "1 entry does" : `${damaged} entries do`} not hold what the checksum beside it says: the disk, or another program, changed it`;
    const isSynced = readSyncConfig(db)?.enabled ?? false;
    return problem(
      "database",
      text,
      isSynced ? "moodsync sync verify --repair" : "moodsync restore-backup FILE",
    );
  }
  const { schemaVersion, rows } = readContents(db);
  const mb = (statSync(file).size / 1e6).toFixed(1);
  return ok(
    "database",
    `integrity ok, schema ${schemaVersion}, ${groupedNumber(rows)} ${rows === 1 ? "row" : "rows"}, ${mb} MB`,
  );
}

/** A month that is not counted to the hour. */
const BACKUP_DAYS = 31;

function backups({ db, file, stateDir, nowMs, moment }: Examined): Finding[] {
  const kept = listBackups(file);
  const newest = kept[0];
  if (newest && !isIntactCopy(newest.file)) {
    return [problem("backup", `${newest.file} is damaged`, "moodsync backup FILE")];
  }
  const lastMs = Math.max(newest?.madeAtMs ?? 0, lastBackupMs(stateDir) ?? 0);
  const firstMs = firstEntryMs(db);
  if (firstMs === null) return [];
  if (lastMs === 0 && nowMs - firstMs < BACKUP_DAYS * DAY_MS) {
    return [note("backup", "none yet; `moodsync backup FILE` makes one")];
  }
  if (nowMs - lastMs > BACKUP_DAYS * DAY_MS) {
    const text = lastMs === 0 ? "there is none" : `the last one is of ${moment(lastMs)}`;
    return [problem("backup", text, "moodsync backup FILE")];
  }
  return [ok("backup", `${moment(lastMs)}, verified, ${kept.length} kept here`)];
}

function schedules({ db, zone, moment }: Examined): Finding[] {
  const firstMs = firstEntryMs(db);
  return listRows(db, "Schedule").flatMap(({ entity }) => {
    const schedule = entity as Schedule;
    const drift = driftOf(schedule, { zone, firstMs, moment });
    if (drift === null) return [];
    // Another text than the name of an instrument would be the person's own.
    const name = findInstrument(schedule.assessment_type)?.name;
    const fix = `moodsync schedule edit ${name?.toLowerCase() ?? "SCHEDULE"} --next-due tomorrow`;
    return [problem("schedule", `${name ?? "a schedule"} ${drift}`, fix)];
  });
}

/** How long before the first entry a schedule may have been begun. */
const EARLY_DAYS = 31;

/** What is wrong with the dates of an enabled schedule; null: nothing. */
function driftOf(
  { enabled, frequency, next_due_at, anchor_at }: Schedule,
  { zone, firstMs, moment }: { zone: Zone; firstMs: number | null; moment(ms: number): string },
): string | null {
  if (!enabled) return null;
  if (next_due_at === null) return "is on and has no due date";
  const anchor = parseTimestamp(anchor_at ?? next_due_at)!;
  if (firstMs !== null && anchor.ms < firstMs - EARLY_DAYS * DAY_MS) {
    return `counts from ${moment(anchor.ms)}, before the first entry`;
  }
  const due = parseTimestamp(next_due_at)!.ms;
  // A day to either side, because the person may have travelled since.
  const nearest = occurrenceAfter({ anchor, frequency, zone }, due - DAY_MS);
  return nearest > due + DAY_MS ? `is due on ${moment(due)}, which is not one of its days` : null;
}

function waiting({ db, appVersion }: Examined): Finding[] {
  const found: Finding[] = [];
  const deferred = countDeferred(db);
  if (deferred > 0) {
    const things =
      deferred === 1
        ? "1 change of a kind that this version does not know waits"
        : `${deferred} changes of kinds that this version does not know wait`;
    found.push(problem("newer data", `${things} here, unread and safe`, "Update moodsync on this device."));
  }
  const { rejected } = countPending(db, appVersion);
  if (rejected > 0) {
    const changes = rejected === 1 ? "1 change" : `${rejected} changes`;
    found.push(problem("rejected", `the server does not accept ${changes}`, "moodsync sync status"));
  }
  return found;
}

/** How far in the future an entry may have been changed: clocks of two devices differ. */
const AHEAD_MS = 10 * MINUTE_MS;

function clock({ db, nowMs, moment }: Examined): Finding[] {
  const skewMs = readSyncConfig(db)?.clockSkewMs ?? null;
  if (skewMs !== null && Math.abs(skewMs) >= REPORTED_SKEW_MS) {
    return [
      problem(
        "clock",
        `at the last sync: ${describeSkew(skewMs)}`,
        "Set this device's clock by the network.",
      ),
    ];
  }
  const newestMs = newestChangeMs(db);
  if (newestMs === null || newestMs <= nowMs + AHEAD_MS) return [];
  return [
    problem(
      "clock",
      `it is before the last change here, of ${moment(newestMs)}`,
      "Set this device's clock by the network.",
    ),
  ];
}

function copied({ db, stateDir }: Examined): Finding[] {
  if (!isCopiedDatabase(db, stateDir)) return [];
  return [
    problem(
      "device",
      "the database was copied from another device, or the state directory is another one's",
      "moodsync sync",
    ),
  ];
}
