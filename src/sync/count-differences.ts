import { ENTITY_TYPES, type EntityType } from "../domain/entities/entity-type.ts";
import { digestOf, type EntityDigest } from "../domain/protocol/digest.ts";
import { parseChange } from "../domain/protocol/parse-change.ts";
import { contentHash } from "../domain/versions/canonical.ts";
import { readSyncConfig } from "../local/sync-state/sync-config.ts";
import { listLive } from "../local/versions/rows.ts";
import { requestPage } from "./exchange/download-all.ts";
import { createPageBudget } from "./exchange/page-budget.ts";
import type { SyncSession } from "./exchange/sync-session.ts";

/** How many live entities of a type are on one side only, or not the same on both. */
export interface Differences {
  onlyHere: number;
  onlyOnServer: number;
  different: number;
}

/** Reads the server's entities from the start, storing nothing, and compares them one by one. Null when the server has
 *  changed meanwhile in a way that wants another sync. */
export async function countDifferences(
  session: SyncSession,
): Promise<Record<EntityType, Differences> | null> {
  const serverHashes = await readServerHashes(session);
  if (!serverHashes) return null;
  const count = (entityType: EntityType) => {
    const unseen = serverHashes[entityType];
    const counts = { onlyHere: 0, onlyOnServer: 0, different: 0 };
    for (const { id, entity } of listLive(session.db, entityType)) {
      const hash = unseen.get(id);
      if (hash === undefined) counts.onlyHere++;
      else if (hash !== contentHash(entity)) counts.different++;
      unseen.delete(id);
    }
    counts.onlyOnServer = unseen.size;
    return counts;
  };
  return Object.fromEntries(ENTITY_TYPES.map((entityType) => [entityType, count(entityType)])) as Record<
    EntityType,
    Differences
  >;
}

/** What the server's pages hold, as digests. Null as above. */
export async function readPageDigests(
  session: SyncSession,
): Promise<Record<EntityType, EntityDigest> | null> {
  const hashes = await readServerHashes(session);
  if (!hashes) return null;
  const digests = ENTITY_TYPES.map((entityType) => [entityType, digestOf(hashes[entityType].values())]);
  return Object.fromEntries(digests) as Record<EntityType, EntityDigest>;
}

async function readServerHashes(
  session: SyncSession,
): Promise<Record<EntityType, Map<string, string>> | null> {
  const hashes = {
    Activity: new Map(),
    MoodEntry: new Map(),
    AssessmentEntry: new Map(),
    Schedule: new Map(),
  };
  const { deviceId } = readSyncConfig(session.db)!;
  const budget = createPageBudget(session.limits);
  for (let since: string | null = null; ; ) {
    const answer = await requestPage(session, { deviceId, cursor: since, seenCursor: null });
    if (answer.status !== "ok") return null;
    for (const change of answer.response.changes) {
      const parsed = parseChange(change);
      if (parsed.status !== "valid") continue;
      const { entityType, id, deleted } = parsed.version;
      if (deleted) hashes[entityType].delete(id);
      else hashes[entityType].set(id, parsed.version.contentHash);
    }
    if (!answer.response.has_more || answer.response.server_cursor === since) return hashes;
    budget.spend(answer.response);
    since = answer.response.server_cursor;
  }
}
