import { createHash } from "node:crypto";
import { expect, test } from "vitest";
import { jsonSchemas } from "../../../server/openapi/schemas.ts";
import { ENTITY_FIELDS } from "../../../src/domain/entities/entity-fields.ts";
import type { FieldRule } from "../../../src/domain/entities/field.ts";
import { wholeNumber } from "../../../src/domain/entities/field-kinds.ts";
import { PROTOCOL_VERSION } from "../../../src/domain/protocol/protocol-version.ts";
import { canonicalJson } from "../../../src/domain/versions/canonical.ts";
import { serverRoutes } from "../../helpers/server/server-routes.ts";
import { SAMPLE_VALUES } from "./sample-values.ts";
import recorded from "./wire-schema-hashes.json" with { type: "json" };

/** What a rule accepts: its verdict on each sample value, 1 or 0. The words of its message are no part of the wire. */
function verdicts(rule: FieldRule): string {
  return SAMPLE_VALUES.map((value) => (rule(value) === null ? 1 : 0)).join("");
}

function wireSchemaHash(schemas = jsonSchemas(serverRoutes())): string {
  const fields = Object.entries(ENTITY_FIELDS).map(([entityType, fields]) => [
    entityType,
    Object.entries(fields).map(([name, { rule, columns, optional }]) => [
      name,
      columns.sqlite === "time and offset",
      optional,
      verdicts(rule),
    ]),
  ]);
  return createHash("sha256")
    .update(canonicalJson([schemas, fields]))
    .digest("hex");
}

/** To change the wire on purpose: give the new field the next version as its `since`, or raise that of the exchange in
 *  protocol-version.ts, and record the new hash under it. */
test("the wire schemas change only together with the protocol version", () => {
  expect(recorded).toHaveProperty(String(PROTOCOL_VERSION), wireSchemaHash());
});

/** Version 3 brought sealed accounts. Plain ones got nothing but fields that may be missing. */
test("the schemas of plain accounts are those of version 2", () => {
  const plain = jsonSchemas(serverRoutes().filter(({ path }) => !/^\/v1\/seal/.test(path)));
  const isNew = (schema: object) =>
    (schema as { description?: string }).description === "Since protocol version 3.";
  let fields = 0;
  for (const schema of Object.values(plain) as {
    properties?: Record<string, object>;
    required?: string[];
  }[]) {
    for (const [name, field] of Object.entries(schema.properties ?? {})) {
      if (!isNew(field)) continue;
      expect(schema.required).not.toContain(name);
      delete schema.properties![name];
      fields += 1;
    }
  }
  expect(fields).toBe(3);
  expect(wireSchemaHash(plain)).toBe(recorded["2"]);
});

test("another bound is another verdict, other words are not", () => {
  const { rule } = wholeNumber(1, 5);
  expect(verdicts((value) => rule(value) && "is on no scale of five")).toBe(verdicts(rule));
  expect(verdicts(wholeNumber(1, 6).rule)).not.toBe(verdicts(rule));
  expect(verdicts(wholeNumber(0, 5).rule)).not.toBe(verdicts(rule));
});

test("every rule accepts some of the sample values and refuses others", () => {
  for (const fields of Object.values(ENTITY_FIELDS)) {
    for (const [name, { rule }] of Object.entries(fields)) {
      expect([name, verdicts(rule)]).toEqual([name, expect.stringMatching(/0.*1|1.*0/)]);
    }
  }
});
