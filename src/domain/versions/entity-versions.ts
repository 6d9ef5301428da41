import * as z from "zod";
import { idField, timestampField } from "../entities/schema-field.ts";
import { MAX_CURSOR_CHARACTERS } from "../limits.ts";

/** One version of an entity on the server: the one that stands (`current`), one that it replaced, or one that lost.
 *  Readers accept outcomes that they do not know. */
export const EntityVersion = z.looseObject({
  entity_type: z.string(),
  id: idField,
  updated_at: timestampField,
  deleted: z.boolean(),
  data: z.unknown(),
  content_hash: z.string(),
  device_id: idField,
  stored_at: timestampField,
  outcome: z.string(),
});

/** The versions of one entity, newest first, at most 1,000. `next` is there when more follow: it is `after` of the
 *  request for them. */
export const EntityVersionsResponse = z.looseObject({
  versions: z.array(EntityVersion),
  next: z.string().max(MAX_CURSOR_CHARACTERS).optional(),
});
