import * as z from "zod";
import { idField } from "../entities/schema-field.ts";
import { SyncChange } from "./sync-change.ts";

/** Why the server did not apply a change. */
export const CONFLICT_REASONS = [
  "unsupported_entity_type",
  "invalid",
  "superseded",
  "stale_base",
  "same_timestamp",
  "server_newer",
  "clock_skew",
] as const;

export type ConflictReason = (typeof CONFLICT_REASONS)[number];

/** A change that the server did not apply. `server_change` is the version that stands, where there is one, and
 *  `server_device_id` the device that wrote it; `detail` names the field and the rule of an invalid one.
 *  Readers accept reasons that they do not know. */
export const ConflictInfo = z.looseObject({
  entity_type: z.string(),
  id: idField,
  reason: z.string(),
  detail: z.string().optional(),
  server_change: SyncChange.optional(),
  server_device_id: idField.optional(),
});
export interface ConflictInfo {
  entity_type: string;
  id: string;
  reason: string;
  detail?: string;
  server_change?: SyncChange;
  server_device_id?: string;
}
