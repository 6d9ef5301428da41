import { LABEL } from "../../domain/entities/field-kinds.ts";
import { MoodsyncError } from "../../domain/moodsync-error.ts";
import { RegisteredDevice } from "../../domain/protocol/registered-device.ts";
import { sealDeviceLabel } from "../../sealing/device-label.ts";
import type { SealingKeys } from "../../sealing/sealing-keys.ts";
import type { HttpClient } from "../http/http-client.ts";
import { sendChecked } from "../http/http-transport.ts";

/** A device's name in its account, as it is stored. Throws `invalid_input`. */
export function checkDeviceLabel(label: string): string {
  const problem = LABEL.rule(label);
  if (problem) throw new MoodsyncError("invalid_input", `The device's label ${problem}.`);
  return label;
}

/** Registers a device under its name: in a sealed account the server gets only the envelope of it. */
export async function putDeviceLabel(
  client: HttpClient,
  { id, label }: { id: string; label: string | null },
  sealing: SealingKeys | null,
): Promise<void> {
  const body =
    sealing && label !== null
      ? { label: null, sealed_label: sealDeviceLabel(sealing, { id, label }) }
      : { label };
  await sendChecked(client, { method: "PUT", path: `/v1/devices/${id}`, body }, RegisteredDevice);
}
