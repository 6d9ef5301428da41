import * as z from "zod";
import { ENTITY_FIELDS } from "./entity-fields.ts";
import { ENTITY_TYPES, type EntityType } from "./entity-type.ts";
import { METADATA_FIELDS } from "./metadata.ts";
import { valueSchema } from "./schema-field.ts";

/** The schema of `metadata`, unknown fields allowed. */
export const METADATA_SCHEMA = z.looseObject(
  Object.fromEntries(Object.entries(METADATA_FIELDS).map(([name, kind]) => [name, valueSchema(kind)])),
);

/** The schema of every entity type, in wire shape, unknown fields allowed. Accepts what `parseEntity` accepts, but for
 *  the size and depth of unknown fields. */
export const ENTITY_SCHEMAS = Object.fromEntries(
  ENTITY_TYPES.map((entityType) => [entityType, entitySchema(entityType)]),
) as Record<EntityType, z.ZodType>;

function entitySchema(entityType: EntityType): z.ZodType {
  const fields = Object.entries(ENTITY_FIELDS[entityType]).map(([name, field]) => [
    name,
    field.optional ? valueSchema(field).optional() : valueSchema(field),
  ]);
  return z.looseObject({ ...Object.fromEntries(fields), metadata: METADATA_SCHEMA });
}
