import type Database from "better-sqlite3";
import { DeviceListResponse, type RegisteredDevice } from "../../domain/protocol/registered-device.ts";
import { transaction } from "../../local/storage/database.ts";
import { storeAccountDevices } from "../../local/sync-state/account-devices.ts";
import type { HttpClient } from "../http/http-client.ts";
import { sendChecked } from "../http/http-transport.ts";

/** All devices of the account, oldest first. Their names are kept, so that a conflict can say against which device it
 *  was when the server is away, too. */
export async function fetchAccountDevices(
  { db }: { db: Database.Database },
  client: HttpClient,
): Promise<RegisteredDevice[]> {
  const { devices } = await sendChecked(client, { method: "GET", path: "/v1/devices" }, DeviceListResponse);
  transaction(db, () => storeAccountDevices(db, devices));
  return devices;
}
