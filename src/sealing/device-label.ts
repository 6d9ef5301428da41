import { LABEL } from "../domain/entities/field-kinds.ts";
import { formatUtc } from "../domain/time/timestamp.ts";
import { openChange } from "./open-change.ts";
import { sealChange } from "./seal-change.ts";
import { sealedId } from "./sealed-id.ts";
import type { SealingKeys } from "./sealing-keys.ts";

const DEVICE_TYPE = "Device";
const UPDATED_AT = formatUtc(0);

/** A device's name as a server keeps it, in base64. */
export function sealDeviceLabel(keys: SealingKeys, { id, label }: { id: string; label: string }): string {
  const data = { id, label };
  return sealChange(keys, { entity_type: DEVICE_TYPE, id, updated_at: UPDATED_AT, deleted: false, data })!
    .envelope;
}

/** The name of the device with this id; null where it does not open. */
export function openDeviceLabel(keys: SealingKeys, id: string, envelope: string): string | null {
  const sealed = { id: sealedId(keys, DEVICE_TYPE, id), updated_at: UPDATED_AT, deleted: false, envelope };
  const { entity_type, data } = openChange(keys, sealed);
  const label = entity_type === DEVICE_TYPE ? (data as Record<string, unknown>).label : null;
  return typeof label === "string" && LABEL.rule(label) === null ? label : null;
}
