import * as z from "zod";
import { givenLabelField, idField, labelField, timestampField } from "../entities/schema-field.ts";
import { MAX_LISTED } from "../limits.ts";
import { parseApiKey } from "./api-key.ts";

/** What the account may see of one of its keys: never the key. `last_used_at` is right to the hour; `is_current` says
 *  that the request came with this key; `made_by` is the key that it was made with, null where the operator made it,
 *  missing from an older server. */
export const ApiKeyInfo = z.looseObject({
  id: idField,
  label: givenLabelField,
  created_at: timestampField,
  revoked_at: timestampField.nullable(),
  last_used_at: timestampField.nullable(),
  is_current: z.boolean(),
  made_by: idField.nullable().optional(),
});

export interface ApiKeyInfo {
  id: string;
  label: string | null;
  created_at: string;
  revoked_at: string | null;
  last_used_at: string | null;
  is_current: boolean;
  made_by?: string | null | undefined;
}

/** All keys of the account, oldest first, revoked ones too. */
export const ApiKeyListResponse = z.looseObject({
  api_keys: z.array(ApiKeyInfo).refine((keys) => keys.length <= MAX_LISTED),
});

export const NewApiKeyRequest = z.looseObject({ label: labelField.nullish() });

/** The only answer that ever holds the key itself. */
export const NewApiKeyResponse = z.looseObject({
  id: idField,
  label: givenLabelField,
  api_key: z.string().refine((text) => parseApiKey(text) !== null),
});

export interface NewApiKeyResponse {
  id: string;
  label: string | null;
  api_key: string;
}
