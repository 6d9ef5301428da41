import * as z from "zod";
import { idField, labelField, timestampField } from "../entities/schema-field.ts";

/** What the account may see of one of its keys: never the key. `last_used_at` is right to the hour; `is_current` says
 *  that the request came with this key; `made_by` is the key that it was made with, null where the operator made it. */
export const ApiKeyInfo = z.looseObject({
  id: idField,
  label: z.string().nullable(),
  created_at: timestampField,
  revoked_at: timestampField.nullable(),
  last_used_at: timestampField.nullable(),
  is_current: z.boolean(),
  made_by: idField.nullable().optional(),
});

/** All keys of the account, oldest first, revoked ones too. */
export const ApiKeyListResponse = z.looseObject({ api_keys: z.array(ApiKeyInfo) });

export const NewApiKeyRequest = z.looseObject({ label: labelField.nullish() });

export interface NewApiKeyRequest {
  label?: string | null | undefined;
}

/** The only answer that ever holds the key itself. */
export const NewApiKeyResponse = z.looseObject({
  id: idField,
  label: z.string().nullable(),
  api_key: z.string(),
});
