import { ENTITY_TYPES, type EntityType, isEntityType } from "../../../src/domain/entities/entity-type.ts";
import { MAX_PAGE_BYTES, MAX_VERSIONS_OF_PAGE } from "../../../src/domain/limits.ts";
import { EntityVersion, EntityVersionsResponse } from "../../../src/domain/protocol/entity-versions.ts";
import { formatUtc, parseTimestamp } from "../../../src/domain/time/timestamp.ts";
import { type HistoryPosition, listVersions } from "../../db/entity-history.ts";
import type { Database } from "../../db/pool.ts";
import { isSealed } from "../../db/users.ts";
import { type PathParameter, type QueryParameter, uuid } from "../check-request.ts";
import { Problem, sealedAccount } from "../problem.ts";
import { type Route, route } from "../route.ts";

/** The versions of one entity, newest first: the one that stands, those it replaced, and those that lost. One page at
 *  a time: `next` of an answer is `after` of the request for what follows. */
export function historyRoutes({ db }: { db: Database }): Route[] {
  return [
    route({
      method: "GET",
      path: "/v1/history/{entity_type}/{id}",
      summary: "All versions of one entity, newest first, page by page.",
      parameters: { entity_type: entityTypeParameter, id: uuid(noSuchEntity) },
      query: { after: historyPosition },
      parts: { EntityVersion },
      success: {
        status: 200,
        description:
          "The version that stands, those that it replaced, and those that lost; `next` when more follow.",
        body: { EntityVersionsResponse },
      },
      problems: ["not_found", "malformed", "sealed_account"],
      answer: async ({ caller, parameters: { entity_type: entityType, id }, query: { after = null } }) => {
        if (await isSealed(db, caller.userId)) throw sealedAccount();
        const page = await readPage(db, { userId: caller.userId, entityType, id, after });
        if (page.versions.length === 0 && after === null) throw noSuchEntity();
        return { body: page };
      },
    }),
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
    ...(hasMore && last ? { next: nextPosition({ ...last, updated_at: formatUtc(last.updated_at) }) } : {}),
  };
}

const entityTypeParameter: PathParameter<EntityType> = {
  schema: { type: "string", enum: ENTITY_TYPES },
  read: (text) => {
    if (isEntityType(text)) return text;
    throw noSuchEntity();
  },
};

/** Where a page goes on. */
export const historyPosition: QueryParameter<HistoryPosition> = {
  description: "`next` of the answer before, for the versions that follow it.",
  read: (after) => {
    const [time = "", contentHash = ""] = after.split("_");
    const parsed = parseTimestamp(time);
    if (parsed && /^[0-9a-f]{16}$/.test(contentHash)) return { updatedAtMs: parsed.ms, contentHash };
    throw new Problem("malformed", "after must be the next of an earlier answer.");
  },
};

/** The text of the position behind a version. */
export function nextPosition(last: { updated_at: string; content_hash: string }): string {
  return `${last.updated_at}_${last.content_hash}`;
}

export function noSuchEntity(): Problem {
  return new Problem("not_found", "The account has no such entity.");
}
