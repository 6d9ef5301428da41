import { changeKey } from "../../src/domain/protocol/change-key.ts";
import type { ConflictInfo } from "../../src/domain/protocol/conflict.ts";
import { parseChange } from "../../src/domain/protocol/parse-change.ts";
import type { SyncChange } from "../../src/domain/protocol/sync-change.ts";
import { type Version, versionToChange } from "../../src/domain/versions/version.ts";
import type { Content } from "./content.ts";

/** Entities that the server reads. */
export interface Plain {
  version: Version;
  change: SyncChange;
  conflict: ConflictInfo;
}

export const PLAIN_CONTENT: Content<Plain> = {
  generation: null,
  parse: parseChange,
  toChange: versionToChange,
  keyOf: changeKey,
  toConflict: ({ entity_type, id }, rejection) => ({ entity_type, id, ...rejection }),
  bytesOf: ({ entity }) => (entity === null ? 0 : Buffer.byteLength(JSON.stringify(entity))),
};
