import type { SealingKeyStore } from "../../credentials/sealing-key-store.ts";
import type { SealingInfo } from "../../domain/protocol/sealing-info.ts";
import { databaseFile } from "../../local/storage/home.ts";
import { readSyncConfig } from "../../local/sync-state/sync-config.ts";
import type { SealingKey } from "../../sealing/sealing-key.ts";
import type { Device } from "../device.ts";
import { withAccountClient } from "../open-session.ts";
import { acquireSyncLock, anotherSyncRuns } from "../sync-lock.ts";
import type { Founder } from "./found-generation.ts";
import { adoptGeneration, pinOf, unfinishedOf } from "./generation.ts";
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
    const info = await withAccountClient(device, (client) => createSealingServer(client).readInfo());
    if (!info) throw serverTooOld();
    return await takeKey({ db, databaseFile: databaseFile(home) }, info, { key, store: sealingKeys });
  } finally {
    release();
  }
}

/** The same, where the server has said what the account is. */
export async function takeKey(
  founder: Pick<Founder, "db" | "databaseFile">,
  info: SealingInfo,
  { key, store }: { key: SealingKey; store: SealingKeyStore },
): Promise<string | null> {
  const config = readSyncConfig(founder.db)!;
  const { deviceId } = config;
  const pin = pinOf(config);
  const atPin = pin?.generation === info.generation;
  const meeting = meetGeneration(atPin ? null : pin, info, { accountId: config.accountId!, keys: [key] });
  switch (meeting.do) {
    case "stop":
      throw meeting.error;
    case "went_back":
      throw wentBack();
    case "work":
      throw accountIsPlain("`moodsync sync seal` seals it with a new key");
    case "take_over": {
      await store.keep(meeting.key, { deviceId });
      if (atPin && pin.keyId === meeting.keys.keyId) return null;
      adoptGeneration(founder, meeting.keys, unfinishedOf(info, config));
      return "The account is sealed, so everything is compared again by the next sync.";
    }
  }
}
