import type Database from "better-sqlite3";
import { ENTITY_TABLE, type EntityType } from "../domain/entities/entity-type.ts";
import { transaction } from "../local/storage/database.ts";
import { mapEntityTypes } from "../local/storage/entity-tables.ts";
import { STORED_TABLES } from "../local/storage/own-schema.ts";
import { forgetAllUnreadable } from "../local/sync-state/deferred-changes.ts";
import { emptyCursor } from "../local/sync-state/empty-cursor.ts";
import { forgetRejections } from "../local/sync-state/rejected-changes.ts";
import {
  createSyncConfig,
  readSyncConfig,
  type SyncConfig,
  updateSyncConfig,
} from "../local/sync-state/sync-config.ts";

/** How what is here differs from a backup, in one entity type. */
export interface BackupComparison {
  /** Live ones here that the backup has not, or in an older version. */
  newerHere: number;
  /** How many of them the server does not have yet, as far as this device knows. */
  unsynced: number;
  /** Live ones of the backup that are deleted here, or were never here. */
  comingBack: number;
}

/** Compares the database with the draft of a backup, which has the same schema. */
export function compareWithBackup(
  db: Database.Database,
  draft: string,
): Record<EntityType, BackupComparison> {
  return withAttached(db, draft, () =>
    mapEntityTypes((entityType) => {
      const table = ENTITY_TABLE[entityType];
      const newer = `from main.${table} as here left join backup.${table} as kept using (id)
        where here.deleted_at is null and here.content_hash is not kept.content_hash
          and (kept.id is null or here.updated_at >= kept.updated_at)`;
      const count = (sql: string) => db.prepare(`select count(*) ${sql}`).pluck().get() as number;
      return {
        newerHere: count(newer),
        unsynced: count(`${newer} and here.revision <> here.acked_revision`),
        comingBack: count(`from backup.${table} as kept left join main.${table} as here using (id)
          where kept.deleted_at is null and (here.id is null or here.deleted_at is not null)`),
      };
    }),
  );
}

/** Puts what the draft of a backup holds in the place of all that is here, in one transaction, so that other commands that
 *  have the database open go on with it. How this device reaches its server stays; its place in the server's order of
 *  changes is that of the backup, so a sync brings what came after. Nobody may sync meanwhile. */
export function replaceByBackup(
  db: Database.Database,
  draft: string,
): { syncNow: "on" | "off" | "as before" } {
  const here = readSyncConfig(db);
  return withAttached(db, draft, () =>
    transaction(db, () => {
      for (const table of STORED_TABLES) {
        db.exec(`delete from main.${table}; insert into main.${table} select * from backup.${table}`);
      }
      if (here !== null) keepConnection(db, here);
      const isOn = readSyncConfig(db)?.enabled ?? false;
      if (isOn === (here?.enabled ?? false)) return { syncNow: "as before" };
      return { syncNow: isOn ? "on" : "off" };
    }),
  );
}

/** A backup of another account keeps that, switched off: its entries must not get into this one. */
function keepConnection(db: Database.Database, here: SyncConfig): void {
  if (here.accountId === null) return;
  const kept = readSyncConfig(db);
  const { deviceId, deviceLabel, endpointUrl, accountId, enabled, allowInsecureHttp, clockSkewMs } = here;
  const { sealedGeneration, sealedFormat, sealedKeyId, founding, hasRetired, keyShownAtMs } = here;
  if (kept && kept.accountId !== null && kept.accountId !== accountId) {
    updateSyncConfig(db, { enabled: false, deviceId, deviceLabel });
    return;
  }
  if (!kept) createSyncConfig(db, deviceId);
  updateSyncConfig(db, {
    ...{ deviceId, deviceLabel, endpointUrl, accountId, enabled, allowInsecureHttp, clockSkewMs },
    ...{ sealedGeneration, sealedFormat, sealedKeyId, founding, hasRetired, keyShownAtMs },
  });
  const isOtherGeneration = kept?.sealedGeneration !== sealedGeneration || kept.sealedKeyId !== sealedKeyId;
  if (kept?.accountId !== accountId || kept.endpointUrl !== endpointUrl || isOtherGeneration) emptyCursor(db);
  if (!isOtherGeneration) return;
  forgetAllUnreadable(db);
  forgetRejections(db);
  updateSyncConfig(db, { verifiedAtMs: null, differsAtMs: null });
}

/** Rows are compared and copied as they are, also where a key leads nowhere. */
function withAttached<T>(db: Database.Database, draft: string, work: () => T): T {
  db.prepare("attach ? as backup").run(draft);
  db.pragma("foreign_keys = off");
  try {
    return work();
  } finally {
    db.pragma("foreign_keys = on");
    db.exec("detach backup");
  }
}
