import { type EntityType, isEntityType } from "../../../src/domain/entities/entity-type.ts";
import { isUuid } from "../../../src/domain/identifiers.ts";
import { MAX_PAGE_BYTES, MAX_VERSIONS_OF_PAGE } from "../../../src/domain/limits.ts";
import { formatUtc, parseTimestamp } from "../../../src/domain/time/timestamp.ts";
import { type HistoryPosition, listVersions } from "../../db/entity-history.ts";
import type { Database } from "../../db/pool.ts";
import { Problem } from "../problem.ts";
import type { Route } from "../router.ts";

/** The versions of one entity, newest first: the one that stands, those it replaced, and those that lost. One page at
 *  a time: `next` of an answer is `after` of the request for what follows. */
export function historyRoutes({ db }: { db: Database }): Route[] {
  return [
    {
      method: "GET",
      pattern: "/v1/history/{entity_type}/{id}",
      answer: async ({ caller, parameters: { entity_type: entityType, id }, query }) => {
        if (!isEntityType(entityType) || !isUuid(id)) throw noSuchEntity();
        const after = readPosition(query.get("after"));
        const page = await readPage(db, { userId: caller.userId, entityType, id, after });
        if (page.versions.length === 0 && after === null) throw noSuchEntity();
        return { status: 200, body: page };
      },
    },
  ];
}

async function readPage(
  db: Database,
  asked: { userId: string; entityType: EntityType; id: string; after: HistoryPosition | null },
) {
  const limits = { limit: MAX_VERSIONS_OF_PAGE, maxBytes: MAX_PAGE_BYTES };
  const { versions, hasMore } = await listVersions(db, { ...asked, ...limits });
  const last = versions.at(-1);
  return {
    versions: versions.map((row) => ({
      entity_type: asked.entityType,
      id: asked.id,
      updated_at: formatUtc(row.updated_at),
      deleted: row.deleted,
      data: row.entity,
      content_hash: row.content_hash,
      device_id: row.device_id,
      stored_at: formatUtc(row.stored_at),
      outcome: row.outcome,
    })),
    ...(hasMore && last ? { next: `${formatUtc(last.updated_at)}_${last.content_hash}` } : {}),
  };
}

/** The position that a `next` names; null for none. */
function readPosition(after: string | null): HistoryPosition | null {
  if (after === null) return null;
  const [time = "", contentHash = ""] = after.split("_");
  const parsed = parseTimestamp(time);
  if (parsed && /^[0-9a-f]{16}$/.test(contentHash)) return { updatedAtMs: parsed.ms, contentHash };
  throw new Problem("malformed", "after must be the next of an earlier answer.");
}

function noSuchEntity(): Problem {
  return new Problem("not_found", "The account has no such entity.");
}
