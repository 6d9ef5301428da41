import type Database from "better-sqlite3";
import { ENTITY_TYPES, type EntityType } from "../domain/entities/entity-type.ts";
import { type EntityDigest, SyncDigestResponse } from "../domain/protocol/digest.ts";
import { readDigest } from "../local/sync-state/digest.ts";
import type { SealingKeys } from "../sealing/sealing-keys.ts";
import type { readPageDigests } from "./count-differences.ts";
import type { HttpClient } from "./http/http-client.ts";
import { sendChecked } from "./http/http-transport.ts";
import { sealedDigest } from "./sealed/sealed-digest.ts";
import { createSealingServer } from "./sealed/sealing-server.ts";

/** What the server holds, per entity type, and the cursor at which it does. `isWhole` is false where it holds something
 *  beside that is of no type known here, or cannot be opened. */
export interface ServerDigest {
  cursor: string;
  entityTypes: Record<EntityType, EntityDigest>;
  isWhole: boolean;
}

/** The server of a sealed account tells only one sum, which is that of this device or not; then its pages are opened. Null
 *  when it has changed meanwhile in a way that wants another sync. */
export async function readServerDigest({
  db,
  client,
  sealing,
  readPages,
}: {
  db: Database.Database;
  client: HttpClient;
  sealing: SealingKeys | null;
  readPages(): ReturnType<typeof readPageDigests>;
}): Promise<ServerDigest | null> {
  if (sealing) {
    const there = await createSealingServer(client).readSealedDigest();
    const here = sealedDigest(db, sealing);
    const isWhole = there.count === here.count && there.checksum === here.checksum;
    const entityTypes = isWhole ? readDigest(db) : await readPages();
    return entityTypes && { cursor: there.server_cursor, entityTypes, isWhole };
  }
  const digest = await sendChecked(client, { method: "GET", path: "/v1/sync/digest" }, SyncDigestResponse);
  const entityTypes = ENTITY_TYPES.map((entityType) => {
    const { count, checksum } = digest.entity_types[entityType] ?? { count: 0, checksum: "0".repeat(16) };
    return [entityType, { count, checksum }];
  });
  return { cursor: digest.server_cursor, entityTypes: Object.fromEntries(entityTypes), isWhole: true };
}
