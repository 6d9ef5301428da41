import { ENTITY_TYPES, type EntityType } from "../domain/entities/entity-type.ts";
import { differingTypes, type EntityDigest, SyncDigestResponse } from "../domain/protocol/digest.ts";
import { readDigest } from "../local/sync-state/digest.ts";
import type { Device } from "./device.ts";
import { sendChecked } from "./http/http-transport.ts";
import { withClient } from "./open-session.ts";

/** What this device and the server hold at this moment, side by side. Nothing is exchanged. */
export interface CountComparison {
  status: "equal" | "different";
  /** Whether this device has downloaded everything that the server has. */
  isUpToDate: boolean;
  entityTypes: Record<EntityType, { here: EntityDigest; server: EntityDigest; isEqual: boolean }>;
}

/** Asks the server for its counts and checksums, with one request. Throws what a sync throws: `not_configured`,
 *  `unauthorized`, `other_account`, `unreachable`. */
export async function compareCounts({ db, keys }: Pick<Device, "db" | "keys">): Promise<CountComparison> {
  return withClient({ db, keys }, async (client, config) => {
    const digest = await sendChecked(client, { method: "GET", path: "/v1/sync/digest" }, SyncDigestResponse);
    const local = readDigest(db);
    const differing = differingTypes(local, digest.entity_types);
    const entityTypes = ENTITY_TYPES.map((entityType) => {
      const { count, checksum } = digest.entity_types[entityType] ?? { count: 0, checksum: "0".repeat(16) };
      const isEqual = !differing.includes(entityType);
      return [entityType, { here: local[entityType], server: { count, checksum }, isEqual }] as const;
    });
    return {
      status: differing.length > 0 ? "different" : "equal",
      isUpToDate: digest.server_cursor === config.cursor,
      entityTypes: Object.fromEntries(entityTypes) as CountComparison["entityTypes"],
    };
  });
}
