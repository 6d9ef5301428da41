import { DeviceListResponse, type RegisteredDevice } from "../../domain/protocol/registered-device.ts";
import { transaction } from "../../local/storage/database.ts";
import { storeAccountDevices } from "../../local/sync-state/lost-versions.ts";
import type { SyncSession } from "../exchange/sync-session.ts";
import type { HttpClient } from "../http/http-client.ts";
import { sendChecked } from "../http/http-transport.ts";

/** All devices of the account, oldest first. */
export async function fetchAccountDevices(client: HttpClient): Promise<RegisteredDevice[]> {
  const { devices } = await sendChecked(client, { method: "GET", path: "/v1/devices" }, DeviceListResponse);
  return devices;
}

/** Asks for the devices' names and keeps them, so that a conflict can say against which device it was, offline too. */
export async function refreshDeviceNames({ db }: SyncSession, client: HttpClient): Promise<void> {
  const devices = await fetchAccountDevices(client);
  transaction(db, () => storeAccountDevices(db, devices));
}
