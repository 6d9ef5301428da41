import * as z from "zod";
import { labelField } from "../../domain/entities/schema-field.ts";
import { RegisteredDevice } from "../../domain/protocol/registered-device.ts";
import { transaction } from "../../local/storage/database.ts";
import { storeAccountDevices } from "../../local/sync-state/lost-versions.ts";
import type { SyncSession } from "../exchange/sync-session.ts";
import type { HttpClient } from "../http/http-client.ts";
import { sendChecked } from "../http/http-transport.ts";

/** A device of the account, as the server knows it. */
export interface AccountDevice {
  id: string;
  label: string | null;
  created_at: string;
  /** To the hour. */
  last_seen_at: string;
}

/** More than anybody has; a longer list is no answer to keep. */
export const MAX_LISTED = 10_000;

const AccountDevices = z.looseObject({
  devices: z.array(RegisteredDevice.extend({ label: labelField.nullable() })).max(MAX_LISTED),
});

/** All devices of the account, oldest first. */
export async function fetchAccountDevices(client: HttpClient): Promise<AccountDevice[]> {
  const { devices } = await sendChecked(client, { method: "GET", path: "/v1/devices" }, AccountDevices);
  return devices;
}

/** Asks for the devices' names and keeps them, so that a conflict can say against which device it was, offline too. */
export async function refreshDeviceNames({ db }: SyncSession, client: HttpClient): Promise<void> {
  const devices = await fetchAccountDevices(client);
  transaction(db, () => storeAccountDevices(db, devices));
}
