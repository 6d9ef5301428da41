import * as z from "zod";
import { ENTITY_SCHEMAS, METADATA_SCHEMA } from "../../src/domain/entities/entity-schema.ts";
import { ProblemBody } from "../../src/domain/protocol/problem-body.ts";
import type { NamedSchemas, Route } from "../http/route.ts";

/** What `data` of a change may be, and what that is made of. */
const ENTITIES: NamedSchemas = { Metadata: METADATA_SCHEMA, ...ENTITY_SCHEMAS };

/** Everything that these routes send and receive, by the name under which the OpenAPI document has it: of an account's
 *  routes first, then what everybody may be answered. */
export function wireSchemas(routes: readonly Route[]): NamedSchemas {
  const ofRoutes = (isPublic: boolean) =>
    routes
      .filter((route) => (route.isPublic ?? false) === isPublic)
      .map(({ parts, request, success }) => ({ ...parts, ...request, ...success.body }));
  return Object.assign({}, ENTITIES, ...ofRoutes(false), { ProblemBody }, ...ofRoutes(true));
}

/** The place of a named schema in the OpenAPI document. */
export function schemaReference(named: NamedSchemas): { $ref: string } {
  return { $ref: placeOf(Object.keys(named)[0]!) };
}

function placeOf(name: string): string {
  return `#/components/schemas/${name}`;
}

/** The schemas of these routes as JSON Schema 2020-12, which refer to each other. */
export function jsonSchemas(routes: readonly Route[]): Record<string, object> {
  const registry = z.registry<{ id: string }>();
  for (const [id, schema] of Object.entries(wireSchemas(routes))) registry.add(schema, { id });
  const { schemas } = z.toJSONSchema(registry, { io: "input", uri: placeOf });
  return Object.fromEntries(
    Object.entries(schemas).map(([name, { $schema, $id, ...schema }]) => [name, schema]),
  );
}
