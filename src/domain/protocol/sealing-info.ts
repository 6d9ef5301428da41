import * as z from "zod";
import { idField, utcField } from "../entities/schema-field.ts";
import { cursorField } from "./cursor.ts";

/** A number of the account's data, raised whenever it is founded anew; 0 is that of every new account, which is plain. As
 *  high as PostgreSQL's `integer`. */
export const generationField = z.int().min(0).max(2_147_483_647);

/** The public name of a generation's keys. */
export const keyIdField = z.string().regex(/^[0-9a-f]{16}$/);

/** The founding record: an envelope that only a holder of the key can have made, in base64. */
const keyCheckField = z.string().meta({ contentEncoding: "base64" });

/** Which kind an account is, and by whom and when it was made that. In a plain one `format`, `key_id` and `key_check` are
 *  null, and in one that was never founded `founded_at` and `founded_by`, too. `may_seal`: whether whoever runs the server
 *  allows it to be sealed. `has_retired`: rows of earlier generations are kept, and served to nobody. */
export const SealingInfo = z.looseObject({
  generation: generationField,
  format: z.int().min(1).nullable(),
  key_id: keyIdField.nullable(),
  key_check: keyCheckField.nullable(),
  founded_at: utcField.nullable(),
  founded_by: idField.nullable(),
  may_seal: z.boolean(),
  has_retired: z.boolean(),
});

export interface SealingInfo {
  generation: number;
  format: number | null;
  key_id: string | null;
  key_check: string | null;
  founded_at: string | null;
  founded_by: string | null;
  may_seal: boolean;
  has_retired: boolean;
}

/** Founds the account's data anew: an empty generation, to be filled by the device. `client_cursor` is its stored cursor,
 *  which must be the head unless `leaves_unread`; `from_generation` the one that it knows; `founded_at` the device's time, for
 *  which the founding record is sealed. `format`, `key_id` and
 *  `key_check` are null together, for a plain account. */
export const FoundingRequest = z.looseObject({
  device_id: idField,
  client_cursor: cursorField.nullish(),
  from_generation: generationField,
  generation: generationField,
  format: z.int().min(1).nullable(),
  key_id: keyIdField.nullable(),
  key_check: keyCheckField.nullable(),
  founded_at: utcField,
  leaves_unread: z.boolean().optional(),
});

export interface FoundingRequest {
  device_id: string;
  client_cursor?: string | null | undefined;
  from_generation: number;
  generation: number;
  format: number | null;
  key_id: string | null;
  key_check: string | null;
  founded_at: string;
  leaves_unread?: boolean | undefined;
}

/** What 409 `generation_changed` has beside a problem's other members: the account as it is. */
export const GenerationChanged = z.looseObject({ sealing: SealingInfo });
