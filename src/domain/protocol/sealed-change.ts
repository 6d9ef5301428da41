import * as z from "zod";
import { idField, utcField } from "../entities/schema-field.ts";
import { MAX_LISTED, MAX_NAME_CHARACTERS, MAX_PAGE_CHANGES, MAX_UPLOAD_CHANGES } from "../limits.ts";
import { isStorableText } from "../text/text.ts";
import { cursorField } from "./cursor.ts";
import { generationField, keyIdField } from "./sealing-info.ts";

/** The id under which the server knows an entity: a UUID of version 8, which no local id is. */
const sealedIdField = z
  .string()
  .regex(/^[0-9a-f]{8}-[0-9a-f]{4}-8[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$/);

/** Base64. What does not fit is a conflict of its own, so that one change never keeps the others from being applied. */
const envelopeField = z.string().meta({ contentEncoding: "base64" });

/** One version of one entity that only its devices can read. A tombstone has an envelope, too. Neither `entity_type` nor
 *  `data` can be in it, so that an entity is never put into it by mistake. */
export const SealedChange = z.looseObject({
  id: sealedIdField,
  updated_at: utcField,
  deleted: z.boolean(),
  envelope: envelopeField,
  base_updated_at: utcField.nullable().optional(),
  entity_type: z.never().optional(),
  data: z.never().optional(),
});

export interface SealedChange {
  id: string;
  updated_at: string;
  deleted: boolean;
  envelope: string;
  base_updated_at?: string | null | undefined;
}

/** `generation` and `key_id` are those that the device seals with: of another generation or key nothing is stored. The rest
 *  is as in `SyncUploadRequest`. */
export const SealedUploadRequest = z.looseObject({
  device_id: idField,
  generation: generationField,
  key_id: keyIdField,
  client_cursor: cursorField.nullish(),
  seen: cursorField.nullish(),
  changes: z.array(SealedChange).max(MAX_UPLOAD_CHANGES),
});

export interface SealedUploadRequest {
  device_id: string;
  generation: number;
  key_id: string;
  client_cursor?: string | null | undefined;
  seen?: string | null | undefined;
  changes: SealedChange[];
}

/** As `ConflictInfo`; the reason is none of an entity's type. */
export const SealedConflict = z.looseObject({
  id: sealedIdField,
  reason: z.string(),
  detail: z.string().optional(),
  server_change: SealedChange.optional(),
  server_device_id: idField.optional(),
});

export interface SealedConflict {
  id: string;
  reason: string;
  detail?: string;
  server_change?: SealedChange;
  server_device_id?: string;
}

/** As `SyncUploadResponse`, with the generation that was asked with. */
export const SealedUploadResponse = z.looseObject({
  generation: generationField,
  server_cursor: cursorField,
  head_cursor: cursorField,
  applied_ids: z.array(sealedIdField),
  conflicts: z.array(SealedConflict),
  server_time: z.number(),
});

export interface SealedUploadResponse {
  generation: number;
  server_cursor: string;
  head_cursor: string;
  applied_ids: string[];
  conflicts: SealedConflict[];
  server_time: number;
}

export const SealedDownloadRequest = z.looseObject({
  device_id: idField,
  generation: generationField,
  key_id: keyIdField,
  since: cursorField.nullish(),
  seen: cursorField.nullish(),
  limit: z.int().min(1).max(MAX_PAGE_CHANGES).optional(),
});

export interface SealedDownloadRequest {
  device_id: string;
  generation: number;
  key_id: string;
  since?: string | null | undefined;
  seen?: string | null | undefined;
  limit?: number | undefined;
}

export const SealedDownloadResponse = z.looseObject({
  generation: generationField,
  server_cursor: cursorField,
  changes: z.array(SealedChange),
  has_more: z.boolean(),
  deletions_ahead: z.int().min(0),
  server_time: z.number(),
});

export interface SealedDownloadResponse {
  generation: number;
  server_cursor: string;
  changes: SealedChange[];
  has_more: boolean;
  deletions_ahead: number;
  server_time: number;
}

/** Live envelopes, and the cursor at which that holds: the server cannot tell the types of entities apart. `checksum` is
 *  that of `digestOf` over the hashes of the envelopes, made anew from the stored bytes. */
export const SealedDigestResponse = z.looseObject({
  generation: generationField,
  key_id: keyIdField,
  server_cursor: cursorField,
  count: z.int().min(0),
  checksum: z.string().regex(/^[0-9a-f]{16}$/),
  tombstones: z.int().min(0),
});

export interface SealedDigestResponse {
  generation: number;
  key_id: string;
  server_cursor: string;
  count: number;
  checksum: string;
  tombstones: number;
}

/** One version of an entity on the server, as in `EntityVersion`. */
export const SealedVersion = SealedChange.extend({
  content_hash: z.string(),
  device_id: idField,
  stored_at: utcField,
  outcome: z.string().refine((text) => text.length <= MAX_NAME_CHARACTERS && isStorableText(text)),
});

export interface SealedVersion extends SealedChange {
  content_hash: string;
  device_id: string;
  stored_at: string;
  outcome: string;
}

/** The versions of one entity in the account's generation, newest first; `next` as in `EntityVersionsResponse`. */
export const SealedVersionsResponse = z.looseObject({
  generation: generationField,
  versions: z.array(SealedVersion).refine((versions) => versions.length <= MAX_LISTED),
  next: cursorField.optional(),
});
