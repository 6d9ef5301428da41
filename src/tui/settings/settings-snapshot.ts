import { ENTITY_TYPES, type EntityType } from "../../domain/entities/entity-type.ts";
import { countRows } from "../../local/queries/list-rows.ts";
import { readSyncConfig, type SyncConfig } from "../../local/sync-state/sync-config.ts";
import { lastSyncRuns } from "../../local/sync-state/sync-runs.ts";
import type { Device } from "../../sync/device.ts";
import { getSyncStatus } from "../../sync/sync-status.ts";

/** What the settings show of this device, read at one moment. */
export interface SettingsSnapshot {
  status: ReturnType<typeof getSyncStatus>;
  config: SyncConfig | null;
  /** Live entities of each type on this device. */
  counts: Record<EntityType, number>;
  /** Whether the last sync stopped because it would have deleted too much. */
  areDeletionsStopped: boolean;
  /** Whether the last sync stopped because the account is sealed and its key is not here, or another one. */
  lacksSealingKey: boolean;
}

export function readSettingsSnapshot(device: Device): SettingsSnapshot {
  const { db } = device;
  const { failing } = lastSyncRuns(db);
  return {
    status: getSyncStatus(device),
    config: readSyncConfig(db),
    counts: Object.fromEntries(ENTITY_TYPES.map((type) => [type, countRows(db, type)])) as Record<
      EntityType,
      number
    >,
    areDeletionsStopped: failing === "too_many_deletions",
    lacksSealingKey: failing === "sealed_account" || failing === "wrong_sealing_key",
  };
}
