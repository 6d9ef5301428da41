import * as z from "zod";
import { givenLabelField, idField, labelField, timestampField } from "../entities/schema-field.ts";
import { MAX_LISTED } from "../limits.ts";
import { generationField } from "./sealing-info.ts";

const SINCE_3 = "Since protocol version 3.";

/** The envelope of a device's name, in base64, which only the devices of its account can read; null: none. */
const sealedLabelField = z
  .string()
  .nullable()
  .optional()
  .meta({ contentEncoding: "base64", description: SINCE_3 });

/** A device that has synced with the account or was registered; `last_seen_at` is right to the hour. In sealed accounts
 *  only: `sealed_label`, and the `generation` that it last synced with, null where it has not since there are any. */
export const RegisteredDevice = z.looseObject({
  id: idField,
  label: givenLabelField,
  created_at: timestampField,
  last_seen_at: timestampField,
  sealed_label: sealedLabelField,
  generation: generationField.nullable().optional().meta({ description: SINCE_3 }),
});

export interface RegisteredDevice {
  id: string;
  label: string | null;
  created_at: string;
  last_seen_at: string;
  sealed_label?: string | null | undefined;
  generation?: number | null | undefined;
}

/** All devices of the account, oldest first. */
export const DeviceListResponse = z.looseObject({
  devices: z.array(RegisteredDevice).refine((devices) => devices.length <= MAX_LISTED),
});

/** Registers a device, or gives one another label: in a sealed account the envelope `sealed_label`, beside null. */
export const DeviceLabelRequest = z.looseObject({
  label: labelField.nullable(),
  sealed_label: sealedLabelField,
});

export interface DeviceLabelRequest {
  label: string | null;
  sealed_label?: string | null | undefined;
}
