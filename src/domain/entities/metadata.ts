import * as z from "zod";
import { timestampField } from "./schema-field.ts";

/** When an entity was made, last changed and deleted, in UTC. `updated_at` decides which version wins. */
export const Metadata = z.looseObject({
  created_at: timestampField,
  updated_at: timestampField,
  deleted_at: timestampField.nullable(),
});

export interface Metadata {
  created_at: string;
  updated_at: string;
  deleted_at: string | null;
}
