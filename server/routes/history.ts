import { type EntityType, isEntityType } from "../../src/domain/entity-type.ts";
import { isUuid } from "../../src/domain/identifiers.ts";
import { formatUtc } from "../../src/domain/timestamp.ts";
import { listHistory } from "../db/entity-history.ts";
import type { Database } from "../db/pool.ts";
import { findStanding } from "../db/sync-store.ts";
import { Problem } from "../http/problem.ts";
import type { Route } from "../router.ts";

/** All versions of one entity, newest first: the one that stands, those it replaced, and those that lost. */
export function historyRoutes({ db }: { db: Database }): Route[] {
  return [
    {
      method: "GET",
      pattern: "/v1/history/{entity_type}/{id}",
      answer: async ({ caller, parameters: { entity_type: entityType, id } }) => {
        if (!isEntityType(entityType) || !isUuid(id)) throw noSuchEntity();
        const versions = await listVersions(db, { userId: caller.userId, entityType, id });
        if (versions.length === 0) throw noSuchEntity();
        return { status: 200, body: { versions } };
      },
    },
  ];
}

async function listVersions(db: Database, asked: { userId: string; entityType: EntityType; id: string }) {
  const current = await findStanding(db, asked);
  const history = await listHistory(db, asked);
  const named = { entity_type: asked.entityType, id: asked.id };
  const standing = current
    ? [
        {
          ...named,
          updated_at: formatUtc(current.updatedAtMs),
          deleted: current.deleted,
          data: current.entity,
          content_hash: current.contentHash,
          device_id: current.deviceId,
          stored_at: formatUtc(current.storedAtMs!),
          outcome: "current",
        },
      ]
    : [];
  const others = history
    // A version that had lost can have come to stand since.
    .filter((row) => row.updated_at !== current?.updatedAtMs || row.content_hash !== current.contentHash)
    .map((row) => ({
      ...named,
      updated_at: formatUtc(row.updated_at),
      deleted: row.data === null,
      data: row.data,
      content_hash: row.content_hash,
      device_id: row.device_id,
      stored_at: formatUtc(row.stored_at),
      outcome: row.outcome,
    }));
  return [...standing, ...others].sort((a, b) => (a.updated_at < b.updated_at ? 1 : -1));
}

function noSuchEntity(): Problem {
  return new Problem("not_found", "The account has no such entity.");
}
