import { createHash } from "node:crypto";
import { expect, test } from "vitest";
import { z } from "zod";
import { canonicalJson } from "../../src/domain/canonical.ts";
import { SyncDownloadRequest, SyncDownloadResponse } from "../../src/domain/download.ts";
import { ENTITY_FIELDS } from "../../src/domain/entity-fields.ts";
import { ENTITY_SCHEMAS } from "../../src/domain/parse-entity.ts";
import { PROTOCOL_VERSION } from "../../src/domain/protocol-version.ts";
import { SyncUploadRequest, SyncUploadResponse } from "../../src/domain/upload.ts";
import recorded from "./wire-schema-hashes.json" with { type: "json" };

function wireSchemaHash(): string {
  const schemas = {
    ...ENTITY_SCHEMAS,
    SyncUploadRequest,
    SyncUploadResponse,
    SyncDownloadRequest,
    SyncDownloadResponse,
  };
  const shapes = Object.entries(schemas).map(([name, schema]) => [name, z.toJSONSchema(schema)]);
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
    .update(canonicalJson([shapes, rules]))
    .digest("hex");
}

/** To change the wire on purpose: raise PROTOCOL_VERSION and record the new hash under it. */
test("the wire schemas change only together with the protocol version", () => {
  expect(recorded).toHaveProperty(String(PROTOCOL_VERSION), wireSchemaHash());
});
