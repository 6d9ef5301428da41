import { toMoodsyncError } from "../files/system-error.ts";
import { readSyncConfig } from "../local/sync-state/sync-config.ts";
import { opensFoundingRecord } from "../sealing/founding-record.ts";
import type { Device } from "../sync/device.ts";
import { withAccountClient } from "../sync/open-session.ts";
import { openSealingKeys } from "../sync/sealed/generation.ts";
import { createSealingServer } from "../sync/sealed/sealing-server.ts";
import { type Finding, ok, problem } from "./finding.ts";

/** Whether the key of a sealed account is here and is the one that this device is pinned to; `isOnline`: and whether it opens
 *  the server's record of who sealed the account. */
export async function examineSealing(device: Device, isOnline: boolean): Promise<Finding[]> {
  const config = readSyncConfig(device.db);
  if (!config?.enabled || config.sealedGeneration === null) return [];
  try {
    const keys = (await openSealingKeys(device.sealingKeys, config))!;
    if (!isOnline) return [ok("sealing key", "there, and that of the account")];
    const info = await withAccountClient(device, (client) => createSealingServer(client).readInfo());
    if (info && opensFoundingRecord(keys, info))
      return [ok("sealing key", "there, and opens the server's record of the sealing")];
    const other = "the server's record of the sealing does not open with the key that is here";
    return [problem("sealing key", other, "moodsync sync")];
  } catch (error) {
    const { message, hint } = toMoodsyncError(error);
    return [problem("sealing key", message, hint ?? "moodsync sync key enter")];
  }
}
