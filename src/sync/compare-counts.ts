import { ENTITY_TYPES, type EntityType } from "../domain/entities/entity-type.ts";
import { MoodsyncError } from "../domain/moodsync-error.ts";
import { differingTypes, type EntityDigest } from "../domain/protocol/digest.ts";
import { readDigest } from "../local/sync-state/digest.ts";
import { readPageDigests } from "./count-differences.ts";
import type { Device } from "./device.ts";
import { withClient, withSession } from "./open-session.ts";
import { readServerDigest } from "./server-digest.ts";

/** What this device and the server hold at this moment, side by side. Nothing is exchanged. */
export interface CountComparison {
  status: "equal" | "different";
  /** Whether this device has downloaded everything that the server has. */
  isUpToDate: boolean;
  entityTypes: Record<EntityType, { here: EntityDigest; server: EntityDigest; isEqual: boolean }>;
}

/** Asks the server for its counts and checksums: with one request, unless it differs from a sealed account. Throws what a
 *  sync throws: `not_configured`, `unauthorized`, `other_account`, `unreachable`. */
export async function compareCounts(device: Device): Promise<CountComparison> {
  const { db } = device;
  const options = { acceptDeletions: false, onProgress: () => {} };
  const readPages = () => withSession(device, options, ({ session }) => readPageDigests(session));
  return withClient(device, async (client, config, sealing) => {
    const digest = await readServerDigest({ db, client, sealing, readPages });
    if (!digest) {
      throw new MoodsyncError("failure", "The server's data changed while it was compared.", {
        hint: "`moodsync sync`, then try again.",
      });
    }
    const local = readDigest(db);
    const differing = differingTypes(local, digest.entityTypes);
    const entityTypes = ENTITY_TYPES.map((entityType) => {
      const isEqual = !differing.includes(entityType);
      return [entityType, { here: local[entityType], server: digest.entityTypes[entityType], isEqual }];
    });
    return {
      status: differing.length > 0 || !digest.isWhole ? "different" : "equal",
      isUpToDate: digest.cursor === config.cursor,
      entityTypes: Object.fromEntries(entityTypes) as CountComparison["entityTypes"],
    };
  });
}
