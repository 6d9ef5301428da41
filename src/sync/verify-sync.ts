import { ENTITY_TYPES, type EntityType } from "../domain/entities/entity-type.ts";
import { MoodsyncError } from "../domain/moodsync-error.ts";
import { differingTypes, type EntityDigest, SyncDigestResponse } from "../domain/protocol/digest.ts";
import { liveVersion } from "../domain/versions/version.ts";
import { backUp } from "../local/storage/backup.ts";
import { transaction } from "../local/storage/database.ts";
import { databaseFile } from "../local/storage/home.ts";
import { readDigest } from "../local/sync-state/digest.ts";
import { emptyCursor } from "../local/sync-state/empty-cursor.ts";
import { forgetRejections } from "../local/sync-state/rejected-changes.ts";
import { readSyncConfig } from "../local/sync-state/sync-config.ts";
import { listDamagedRows } from "../local/versions/damaged-rows.ts";
import { isPending, type StoredRow, storeVersion } from "../local/versions/rows.ts";
import { countDifferences, type Differences } from "./count-differences.ts";
import type { Device } from "./device.ts";
import { sendChecked } from "./http/http-transport.ts";
import { type OpenSession, type SyncOptions, withSession } from "./open-session.ts";
import { acquireSyncLock } from "./sync-lock.ts";
import { syncNow } from "./sync-now.ts";

/** How this device and the server compare in one entity type. */
export interface TypeComparison extends Differences {
  here: EntityDigest;
  server: EntityDigest;
}

export interface Verification {
  status: "equal" | "different" | "repaired";
  entityTypes: Record<EntityType, TypeComparison>;
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
  await exclusively(device, () => {
    backUp(device.db, databaseFile(device.home), "before-repair");
    transaction(device.db, () => {
      // A pending one goes to the server as it is.
      const damaged = listDamagedRows(device.db).filter((row) => !isPending(row));
      emptyCursor(device.db);
      forgetRejections(device.db);
      for (const row of damaged) yieldToServer(device.db, row);
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

async function compareAfterSync(device: Device, options: SyncOptions): Promise<Verification> {
  for (let attempt = 1; ; attempt++) {
    const outcome = await syncNow(device, options);
    if (outcome.error) throw outcome.error;
    if (outcome.status === "busy") throw busy();
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
async function compare({ session, client }: OpenSession): Promise<Verification | null> {
  const digest = await sendChecked(client, { method: "GET", path: "/v1/sync/digest" }, SyncDigestResponse);
  if (digest.server_cursor !== readSyncConfig(session.db)?.cursor) return null;
  const here = readDigest(session.db);
  const differing = differingTypes(here, digest.entity_types);
  const differences = differing.length > 0 ? await countDifferences(session) : null;
  if (differing.length > 0 && !differences) return null;
  const entityTypes = ENTITY_TYPES.map((entityType) => {
    const server = digest.entity_types[entityType] ?? { count: 0, checksum: "0".repeat(16) };
    const counts = differences?.[entityType] ?? { onlyHere: 0, onlyOnServer: 0, different: 0 };
    return [entityType, { here: here[entityType], server, ...counts }];
  });
  return {
    status: differing.length > 0 ? "different" : "equal",
    entityTypes: Object.fromEntries(entityTypes),
  };
}

async function exclusively<T>({ home }: Device, work: () => T | Promise<T>): Promise<T> {
  const release = acquireSyncLock(home.stateDir);
  if (!release) throw busy();
  try {
    return await work();
  } finally {
    release();
  }
}

function busy(): MoodsyncError {
  return new MoodsyncError("failure", "Another sync is running on this device.", {
    hint: "Try again in a moment.",
  });
}
