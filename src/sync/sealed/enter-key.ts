import { databaseFile } from "../../local/storage/home.ts";
import { readSyncConfig } from "../../local/sync-state/sync-config.ts";
import type { SealingKey } from "../../sealing/sealing-key.ts";
import type { Device } from "../device.ts";
import { withAccountClient } from "../open-session.ts";
import { acquireSyncLock, anotherSyncRuns } from "../sync-lock.ts";
import { adoptGeneration, pinOf } from "./generation.ts";
import { meetGeneration } from "./meet-generation.ts";
import { accountIsPlain, serverTooOld, wentBack } from "./sealing-errors.ts";
import { createSealingServer } from "./sealing-server.ts";

/** Takes a sealing key that a person gave, once it has opened the account's founding record. Returns a sentence where the
 *  device takes another generation over. */
export async function enterSealingKey(device: Device, key: SealingKey): Promise<string | null> {
  const { db, home, sealingKeys } = device;
  const release = acquireSyncLock(home.stateDir);
  if (!release) throw anotherSyncRuns();
  try {
    const { deviceId, accountId, ...config } = readSyncConfig(db)!;
    const info = await withAccountClient(device, (client) => createSealingServer(client).readInfo());
    if (!info) throw serverTooOld();
    const pin = pinOf({ deviceId, accountId, ...config });
    const atPin = pin?.generation === info.generation;
    const meeting = meetGeneration(atPin ? null : pin, info, { accountId: accountId!, keys: [key] });
    switch (meeting.do) {
      case "stop":
        throw meeting.error;
      case "went_back":
        throw wentBack();
      case "work":
        throw accountIsPlain();
      case "take_over": {
        await sealingKeys.keep(meeting.key, { deviceId });
        if (atPin && pin.keyId === meeting.keys.keyId) return null;
        const isOwn = info.founded_by === deviceId;
        const founding = isOwn ? config.founding : "none";
        adoptGeneration({ db, databaseFile: databaseFile(home) }, meeting.keys, founding);
        return "The account is sealed, so everything is compared again by the next sync.";
      }
    }
  } finally {
    release();
  }
}
