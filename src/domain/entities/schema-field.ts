import * as z from "zod";
import { isUtc } from "../time/timestamp.ts";
import type { ValueKind } from "./field.ts";
import { LABEL, UUID, ZONED_TIME } from "./field-kinds.ts";

/** The zod schema of a kind of value: it refuses what the plain rule refuses. Lengths are in code points, which zod
 *  does not count, so all is checked by the rule and described by its JSON Schema. */
export function valueSchema<T>({ rule, jsonSchema }: ValueKind<T>): z.ZodType<T> {
  return z
    .unknown()
    .refine((value) => rule(value) === null)
    .meta(jsonSchema as Record<string, unknown>) as z.ZodType as z.ZodType<T>;
}

export const idField = valueSchema(UUID);
export const timestampField = valueSchema(ZONED_TIME);
/** A time in UTC with three decimals, as `formatUtc` writes it: any other form would say more than when. */
export const utcField = z.string().refine(isUtc).meta({ format: "date-time" });
export const labelField = valueSchema(LABEL);
/** A label of a device or key in an answer; null where it has none. */
export const givenLabelField = z
  .string()
  .nullable()
  .refine((label) => label === null || LABEL.rule(label) === null);
