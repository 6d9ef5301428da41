import { ENTITY_TYPES, type EntityType } from "../domain/entities/entity-type.ts";
import { MoodsyncError } from "../domain/moodsync-error.ts";
import { differingTypes, type EntityDigest, sumOf } from "../domain/protocol/digest.ts";
import { timestampToMs } from "../domain/time/timestamp.ts";
import { restamp } from "../domain/versions/merge-versions.ts";
import { liveVersion } from "../domain/versions/version.ts";
import { backUp } from "../local/storage/backup.ts";
import { transaction } from "../local/storage/database.ts";
import { databaseFile } from "../local/storage/home.ts";
import { countUnreadable, listUnreadable } from "../local/sync-state/deferred-changes.ts";
import { readDigest } from "../local/sync-state/digest.ts";
import { emptyCursor } from "../local/sync-state/empty-cursor.ts";
import { forgetRejections } from "../local/sync-state/rejected-changes.ts";
import { readSyncConfig } from "../local/sync-state/sync-config.ts";
import { listDamagedRows } from "../local/versions/damaged-rows.ts";
import { isPending, listLive, readRow, type StoredRow, storeVersion } from "../local/versions/rows.ts";
import { sealedId } from "../sealing/sealed-id.ts";
import type { SealingKeys } from "../sealing/sealing-keys.ts";
import { countDifferences, type Differences, readPageDigests } from "./count-differences.ts";
import type { Device } from "./device.ts";
import { type OpenSession, type SyncOptions, withSession } from "./open-session.ts";
import { noteComparison, openSealingKeys } from "./sealed/generation.ts";
import { readServerDigest } from "./server-digest.ts";
import { acquireSyncLock, anotherSyncRuns } from "./sync-lock.ts";
import { syncNow } from "./sync-now.ts";

/** How this device and the server compare in one entity type. */
export interface TypeComparison extends Differences {
  here: EntityDigest;
  server: EntityDigest;
}

export interface Verification {
  status: "equal" | "different" | "repaired";
  entityTypes: Record<EntityType, TypeComparison>;
  /** Of a sealed account; null in a plain one. */
  sealed: {
    /** What is here, to be compared with another device's by a person: how many live entities, and a sum of their content. */
    fingerprint: EntityDigest;
    /** Changes on the server that cannot be opened. */
    unreadable: number;
  } | null;
}

/** How often another device may come between the sync and the comparison. */
const MAX_ATTEMPTS = 3;

/** Syncs, then compares counts and checksums with the server; with `repair`, a full exchange brings both to the
 *  union by last-writer-wins. Throws what the sync throws, and a `failure` where something stays pending. */
export async function verifySync(
  device: Device,
  options: SyncOptions & { repair: boolean },
): Promise<Verification> {
  const found = await compareAfterSync(device, options);
  if (found.status === "equal" || !options.repair) return found;
  const keys = await openSealingKeys(device.sealingKeys, readSyncConfig(device.db)!);
  await exclusively(device, () => {
    backUp(device.db, databaseFile(device.home), "before-repair");
    transaction(device.db, () => {
      // A pending one goes to the server as it is.
      const damaged = listDamagedRows(device.db).filter((row) => !isPending(row));
      emptyCursor(device.db);
      forgetRejections(device.db);
      for (const row of damaged) yieldToServer(device.db, row);
      if (keys) offerAboveUnreadable(device.db, keys);
    });
  });
  const repaired = await compareAfterSync(device, options);
  return { ...repaired, status: repaired.status === "equal" ? "repaired" : "different" };
}

/** The disk made this version, not its user: at equal times the server's is taken. */
function yieldToServer(db: Device["db"], row: StoredRow): void {
  const { revision, base } = row;
  storeVersion(db, liveVersion(row.entityType, row.entity!), { revision, ackedRevision: revision, base });
}

/** What cannot be opened on the server, and is here, gets a time above it: so it replaces what is there. */
function offerAboveUnreadable(db: Device["db"], keys: SealingKeys): void {
  const timeById = new Map(listUnreadable(db).map(({ id, updated_at }) => [id, timestampToMs(updated_at)]));
  for (const entityType of timeById.size === 0 ? [] : ENTITY_TYPES) {
    for (const id of [...listLive(db, entityType)].map((live) => live.id)) {
      const thereMs = timeById.get(sealedId(keys, entityType, id));
      if (thereMs === undefined) continue;
      const row = readRow(db, entityType, id)!;
      const version = restamp(row, Math.max(row.updatedAtMs, thereMs) + 1);
      const { revision, ackedRevision, base } = row;
      storeVersion(db, version, { revision: revision + 1, ackedRevision, base });
    }
  }
}

async function compareAfterSync(device: Device, options: SyncOptions): Promise<Verification> {
  for (let attempt = 1; ; attempt++) {
    const outcome = await syncNow(device, options);
    if (outcome.error) throw outcome.error;
    if (outcome.status === "busy") throw anotherSyncRuns();
    const comparison = await exclusively(device, () => withSession(device, options, compare));
    if (comparison) return comparison;
    if (attempt === MAX_ATTEMPTS) {
      throw new MoodsyncError("failure", "Other devices keep uploading, so nothing could be compared.", {
        hint: "Try again in a moment.",
      });
    }
  }
}

/** Null when another device uploaded since this one synced. */
async function compare({ session, client, sealing }: OpenSession): Promise<Verification | null> {
  const { db } = session;
  const readPages = () => readPageDigests(session);
  const digest = await readServerDigest({ db, client, sealing, readPages });
  if (digest?.cursor !== readSyncConfig(db)?.cursor || !digest) return null;
  const here = readDigest(db);
  const differing = differingTypes(here, digest.entityTypes);
  const differences = differing.length > 0 ? await countDifferences(session) : null;
  if (differing.length > 0 && !differences) return null;
  const entityTypes = ENTITY_TYPES.map((entityType) => {
    const server = digest.entityTypes[entityType];
    const counts = differences?.[entityType] ?? { onlyHere: 0, onlyOnServer: 0, different: 0 };
    return [entityType, { here: here[entityType], server, ...counts }];
  });
  const isEqual = differing.length === 0 && digest.isWhole;
  if (isEqual || (sealing && countUnreadable(db) === 0))
    noteComparison(db, { isEqual, nowMs: session.nowMs() });
  return {
    status: isEqual ? "equal" : "different",
    entityTypes: Object.fromEntries(entityTypes),
    sealed: sealing && { fingerprint: sumOf(Object.values(here)), unreadable: countUnreadable(db) },
  };
}

async function exclusively<T>({ home }: Device, work: () => T | Promise<T>): Promise<T> {
  const release = acquireSyncLock(home.stateDir);
  if (!release) throw anotherSyncRuns();
  try {
    return await work();
  } finally {
    release();
  }
}
