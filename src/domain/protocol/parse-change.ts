import { isEntityType } from "../entities/entity-type.ts";
import { parseEntity } from "../entities/parse-entity.ts";
import { timestampToMs } from "../time/timestamp.ts";
import type { Version } from "../versions/version.ts";
import { liveVersion, tombstone } from "../versions/version.ts";
import type { SyncChange } from "./sync-change.ts";

export type ParsedChange =
  | { status: "valid"; version: Version }
  | { status: "unsupported_entity_type" }
  /** `detail` names the field and the rule that it breaks, never the value. */
  | { status: "invalid"; detail: string };

/** Checks the content of a change whose envelope has been checked by the `SyncChange` schema. */
export function parseChange(change: SyncChange): ParsedChange {
  if (!isEntityType(change.entity_type)) return { status: "unsupported_entity_type" };
  const updatedAtMs = timestampToMs(change.updated_at);
  if (change.deleted) {
    return { status: "valid", version: tombstone(change.entity_type, change.id, updatedAtMs) };
  }
  const parsed = parseEntity(change.entity_type, change.data);
  if (parsed.status === "invalid") return parsed;
  const { entity } = parsed;
  if (entity.id !== change.id) return { status: "invalid", detail: "data.id must equal the change's id" };
  if (timestampToMs(entity.metadata.updated_at) !== updatedAtMs) {
    return { status: "invalid", detail: "data.metadata.updated_at must equal the change's updated_at" };
  }
  if (entity.metadata.deleted_at !== null) {
    return { status: "invalid", detail: "data.metadata.deleted_at must be null in a live entity" };
  }
  return { status: "valid", version: liveVersion(change.entity_type, entity) };
}
