import * as z from "zod";
import { Activity } from "../../src/domain/entities/activity.ts";
import { AssessmentEntry } from "../../src/domain/entities/assessment-entry.ts";
import { Metadata } from "../../src/domain/entities/metadata.ts";
import { MoodEntry } from "../../src/domain/entities/mood-entry.ts";
import { Schedule } from "../../src/domain/entities/schedule.ts";
import {
  ApiKeyInfo,
  ApiKeyListResponse,
  NewApiKeyRequest,
  NewApiKeyResponse,
} from "../../src/domain/protocol/api-key-info.ts";
import { ConflictInfo } from "../../src/domain/protocol/conflict.ts";
import { SyncDigestResponse } from "../../src/domain/protocol/digest.ts";
import { SyncDownloadRequest, SyncDownloadResponse } from "../../src/domain/protocol/download.ts";
import { ProblemBody } from "../../src/domain/protocol/problem-body.ts";
import {
  DeviceLabelRequest,
  DeviceListResponse,
  RegisteredDevice,
} from "../../src/domain/protocol/registered-device.ts";
import { SyncChange } from "../../src/domain/protocol/sync-change.ts";
import { SyncUploadRequest, SyncUploadResponse } from "../../src/domain/protocol/upload.ts";
import { EntityVersion, EntityVersionsResponse } from "../../src/domain/versions/entity-versions.ts";

/** Everything that goes over the wire, by the name under which the OpenAPI document has it. */
export const WIRE_SCHEMAS = {
  Metadata,
  Activity,
  MoodEntry,
  AssessmentEntry,
  Schedule,
  SyncChange,
  ConflictInfo,
  SyncUploadRequest,
  SyncUploadResponse,
  SyncDownloadRequest,
  SyncDownloadResponse,
  SyncDigestResponse,
  EntityVersion,
  EntityVersionsResponse,
  RegisteredDevice,
  DeviceListResponse,
  DeviceLabelRequest,
  ApiKeyInfo,
  ApiKeyListResponse,
  NewApiKeyRequest,
  NewApiKeyResponse,
  ProblemBody,
  Status: z.looseObject({ status: z.string() }),
} satisfies Record<string, z.ZodType>;

export type WireSchemaName = keyof typeof WIRE_SCHEMAS;

/** The place of a schema in the OpenAPI document. */
export function schemaReference(name: WireSchemaName): { $ref: string } {
  return { $ref: `#/components/schemas/${name}` };
}

/** The same schemas as JSON Schema 2020-12, which refer to each other. */
export function jsonSchemas(): Record<string, object> {
  const registry = z.registry<{ id: string }>();
  for (const [id, schema] of Object.entries(WIRE_SCHEMAS)) registry.add(schema, { id });
  const { schemas } = z.toJSONSchema(registry, {
    io: "input",
    uri: (id) => schemaReference(id as WireSchemaName).$ref,
  });
  return Object.fromEntries(
    Object.entries(schemas).map(([name, { $schema, $id, ...schema }]) => [name, schema]),
  );
}
