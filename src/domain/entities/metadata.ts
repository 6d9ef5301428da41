import type { ValueKind, ValueOf } from "./field.ts";
import { nullable, ZONED_TIME } from "./field-kinds.ts";

/** When an entity was made, last changed and deleted, in UTC. `updated_at` decides which version wins. */
export type Metadata = { [K in keyof typeof METADATA_FIELDS]: ValueOf<(typeof METADATA_FIELDS)[K]> };

export const METADATA_FIELDS = {
  created_at: ZONED_TIME,
  updated_at: ZONED_TIME,
  deleted_at: nullable(ZONED_TIME),
} satisfies Record<string, ValueKind>;
