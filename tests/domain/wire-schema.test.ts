import { createHash } from "node:crypto";
import { expect, test } from "vitest";
import { jsonSchemas } from "../../server/openapi/schemas.ts";
import { ENTITY_FIELDS } from "../../src/domain/entities/entity-fields.ts";
import { PROTOCOL_VERSION } from "../../src/domain/protocol/protocol-version.ts";
import { canonicalJson } from "../../src/domain/versions/canonical.ts";
import { serverRoutes } from "../helpers/server-routes.ts";
import recorded from "./wire-schema-hashes.json" with { type: "json" };

function wireSchemaHash(): string {
  const rules = Object.entries(ENTITY_FIELDS).map(([name, fields]) => [
    name,
    Object.entries(fields).map(([field, { rule, kind, optional }]) => [
      field,
      kind,
      optional ?? false,
      rule(Symbol()),
    ]),
  ]);
  return createHash("sha256")
    .update(canonicalJson([jsonSchemas(serverRoutes()), rules]))
    .digest("hex");
}

/** To change the wire on purpose: raise PROTOCOL_VERSION and record the new hash under it. */
test("the wire schemas change only together with the protocol version", () => {
  expect(recorded).toHaveProperty(String(PROTOCOL_VERSION), wireSchemaHash());
});
