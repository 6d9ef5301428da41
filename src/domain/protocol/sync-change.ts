import * as z from "zod";
import { idField, timestampField } from "../entities/schema-field.ts";
import { MAX_NAME_CHARACTERS } from "../limits.ts";
import { isStorableText } from "../text/text.ts";

/** One version of one entity on its way. `data` is the whole entity; beside `deleted: true` it is null.
 *  `base_updated_at` is the version that an edit was made from (null: none was seen); without the field the
 *  change is plain last-writer-wins. */
export const SyncChange = z.looseObject({
  entity_type: z.string().min(1).max(MAX_NAME_CHARACTERS).refine(isStorableText),
  id: idField,
  updated_at: timestampField,
  deleted: z.boolean(),
  data: z.unknown(),
  base_updated_at: timestampField.nullable().optional(),
});

export interface SyncChange {
  entity_type: string;
  id: string;
  updated_at: string;
  deleted: boolean;
  data: unknown;
  base_updated_at?: string | null | undefined;
}
