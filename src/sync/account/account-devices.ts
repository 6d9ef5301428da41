import type Database from "better-sqlite3";
import { DeviceListResponse, type RegisteredDevice } from "../../domain/protocol/registered-device.ts";
import { transaction } from "../../local/storage/database.ts";
import { storeAccountDevices } from "../../local/sync-state/account-devices.ts";
import { openDeviceLabel } from "../../sealing/device-label.ts";
import type { SealingKeys } from "../../sealing/sealing-keys.ts";
import type { HttpClient } from "../http/http-client.ts";
import { sendChecked } from "../http/http-transport.ts";

/** All devices of the account, oldest first. Their names are kept, so that a conflict can say against which device it
 *  was when the server is away, too. */
export async function fetchAccountDevices({
  db,
  client,
  sealing,
}: {
  db: Database.Database;
  client: HttpClient;
  sealing: SealingKeys | null;
}): Promise<RegisteredDevice[]> {
  const request = { method: "GET", path: "/v1/devices" } as const;
  const listed = (await sendChecked(client, request, DeviceListResponse)).devices;
  const devices = sealing ? listed.map((device) => withOpenedLabel(sealing, device)) : listed;
  transaction(db, () => storeAccountDevices(db, devices));
  return devices;
}

/** The name is that in the envelope: what stands in the clear beside it is none of a device's. */
function withOpenedLabel(sealing: SealingKeys, device: RegisteredDevice): RegisteredDevice {
  const { id, sealed_label: sealed } = device;
  return { ...device, label: sealed ? openDeviceLabel(sealing, id, sealed) : null };
}

/** Whether a device has not synced since its account was sealed, or sealed anew: it has edits of before, or waits for a key. */
export function isBehind(
  { generation }: Pick<RegisteredDevice, "generation">,
  sealedGeneration: number | null,
): boolean {
  return sealedGeneration !== null && (generation ?? 0) < sealedGeneration;
}
