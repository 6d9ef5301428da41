import * as z from "zod";
import { givenLabelField, idField, labelField, timestampField } from "../entities/schema-field.ts";
import { MAX_LISTED } from "../limits.ts";

/** A device that has synced with the account or was registered; `last_seen_at` is right to the hour. */
export const RegisteredDevice = z.looseObject({
  id: idField,
  label: givenLabelField,
  created_at: timestampField,
  last_seen_at: timestampField,
});

export interface RegisteredDevice {
  id: string;
  label: string | null;
  created_at: string;
  last_seen_at: string;
}

/** All devices of the account, oldest first. */
export const DeviceListResponse = z.looseObject({
  devices: z.array(RegisteredDevice).refine((devices) => devices.length <= MAX_LISTED),
});

/** Registers a device, or gives one another label. */
export const DeviceLabelRequest = z.looseObject({ label: labelField.nullable() });

export interface DeviceLabelRequest {
  label: string | null;
}
