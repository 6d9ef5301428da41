import * as z from "zod";
import { idField, timestampField } from "../entities/schema-field.ts";
import { MAX_CURSOR_CHARACTERS, MAX_LISTED, MAX_NAME_CHARACTERS } from "../limits.ts";
import { isStorableText } from "../text/text.ts";

/** A word that a later server may use and this version does not know. */
const nameField = z.string().refine((text) => text.length <= MAX_NAME_CHARACTERS && isStorableText(text));

/** One version of an entity on the server: the one that stands (`current`), one that it replaced, or one that lost.
 *  Readers accept outcomes that they do not know. */
export const EntityVersion = z.looseObject({
  entity_type: nameField,
  id: idField,
  updated_at: timestampField,
  deleted: z.boolean(),
  data: z.unknown(),
  content_hash: z.string(),
  device_id: idField,
  stored_at: timestampField,
  outcome: nameField,
});

export interface EntityVersion {
  entity_type: string;
  id: string;
  updated_at: string;
  deleted: boolean;
  data: unknown;
  content_hash: string;
  device_id: string;
  stored_at: string;
  outcome: string;
}

/** The versions of one entity, newest first, at most 1,000. `next` is there when more follow: it is `after` of the
 *  request for them. */
export const EntityVersionsResponse = z.looseObject({
  versions: z.array(EntityVersion).refine((versions) => versions.length <= MAX_LISTED),
  next: z.string().max(MAX_CURSOR_CHARACTERS).optional(),
});
