import { ENTITY_TYPES, type EntityType } from "../../domain/entity-type.ts";
import { countRows } from "../../local/list-rows.ts";
import { readSyncConfig, type SyncConfig } from "../../local/sync-config.ts";
import { getSyncStatus } from "../../sync/commands.ts";
import type { Device } from "../../sync/device.ts";
import { type Message, problemMessage } from "../components/message.ts";

/** What the settings show of this device, read at one moment. */
export interface SettingsSnapshot {
  status: ReturnType<typeof getSyncStatus>;
  config: SyncConfig | null;
  /** Where the key was found; null: there is none. Never the key. */
  keyPlace: string | null;
  /** Why the key cannot be used. */
  keyProblem: Message | null;
  /** Live entities of each type on this device. */
  counts: Record<EntityType, number>;
}

export function readSettingsSnapshot(device: Device): SettingsSnapshot {
  const { db } = device;
  return {
    status: getSyncStatus(device),
    config: readSyncConfig(db),
    ...readKeyPlace(device),
    counts: Object.fromEntries(ENTITY_TYPES.map((type) => [type, countRows(db, type)])) as Record<
      EntityType,
      number
    >,
  };
}

function readKeyPlace({ keys }: Device): Pick<SettingsSnapshot, "keyPlace" | "keyProblem"> {
  try {
    return { keyPlace: keys.read()?.place ?? null, keyProblem: null };
  } catch (error) {
    return { keyPlace: null, keyProblem: problemMessage(error) };
  }
}
