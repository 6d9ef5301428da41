import { MAX_PAGE_BYTES, MAX_VERSIONS_OF_PAGE } from "../../../src/domain/limits.ts";
import {
  SealedChange,
  SealedConflict,
  SealedDigestResponse,
  SealedDownloadRequest,
  SealedDownloadResponse,
  SealedUploadRequest,
  SealedUploadResponse,
  SealedVersion,
  SealedVersionsResponse,
} from "../../../src/domain/protocol/sealed-change.ts";
import type { Database } from "../../db/pool.ts";
import { listSealedVersions } from "../../db/sealed-history.ts";
import { readSealedDigest } from "../../db/sealed-store/read-digest.ts";
import { createSealedStores } from "../../db/sealed-store/sealed-store.ts";
import { readSealing } from "../../db/sealing.ts";
import { uuid } from "../check-request.ts";
import { generationChanged, type Problem } from "../problem.ts";
import { type Route, route } from "../route.ts";
import { historyPosition, nextPosition, noSuchEntity } from "./history.ts";
import type { Transfers } from "./transfers.ts";

/** What `/v1/sync` and `/v1/history` are for plain accounts, for sealed ones. */
export function sealedRoutes({ db, transfers }: { db: Database; transfers: Transfers }): Route[] {
  const storeOf = createSealedStores(db);
  const otherGeneration = async (userId: string): Promise<Problem> =>
    generationChanged(await readSealing(db, userId));
  const sealed = ({ generation, key_id: keyId }: { generation: number; key_id: string }) => ({
    store: storeOf({ generation, keyId }),
    otherGeneration,
  });

  return [
    route({
      method: "POST",
      path: "/v1/sealed/upload",
      checksKey: true,
      summary: "Merge the sealed changes of one device into the account.",
      parts: { SealedChange, SealedConflict },
      request: { SealedUploadRequest },
      success: {
        status: 200,
        description: "What became of each change, and where the account now stands.",
        body: { SealedUploadResponse },
      },
      problems: ["generation_changed", "resync_required", "quota_exceeded"],
      answer: async (asked) => {
        const answer = await transfers.upload(sealed(asked.body), asked);
        return { body: { generation: asked.body.generation, ...answer } };
      },
    }),
    route({
      method: "POST",
      path: "/v1/sealed/download",
      summary: "Read what came after a cursor, sealed.",
      request: { SealedDownloadRequest },
      success: {
        status: 200,
        description: "One page of sealed changes in the server's order.",
        body: { SealedDownloadResponse },
      },
      problems: ["generation_changed", "resync_required", "quota_exceeded"],
      answer: async (asked) => {
        const answer = await transfers.download(sealed(asked.body), asked);
        return { body: { generation: asked.body.generation, ...answer } };
      },
    }),
    route({
      method: "GET",
      path: "/v1/sealed/digest",
      summary: "Count and checksum of all envelopes that stand.",
      success: { status: 200, description: "The digest of the generation.", body: { SealedDigestResponse } },
      problems: ["generation_changed"],
      answer: async ({ caller }) => {
        const digest = await readSealedDigest(db, caller.userId);
        if (digest === null) throw await otherGeneration(caller.userId);
        return { body: digest };
      },
    }),
    route({
      method: "GET",
      path: "/v1/sealed/history/{id}",
      summary: "All versions of one entity in the account's generation, newest first, page by page.",
      parameters: { id: uuid(noSuchEntity) },
      query: { after: historyPosition },
      parts: { SealedVersion },
      success: {
        status: 200,
        description:
          "The version that stands, those that it replaced, and those that lost; `next` when more follow.",
        body: { SealedVersionsResponse },
      },
      problems: ["not_found", "malformed", "generation_changed"],
      answer: async ({ caller: { userId }, parameters: { id }, query: { after = null } }) => {
        const limits = { limit: MAX_VERSIONS_OF_PAGE, maxBytes: MAX_PAGE_BYTES };
        const page = await listSealedVersions(db, { userId, id, after, ...limits });
        if (page === null) throw await otherGeneration(userId);
        const { generation, versions, hasMore } = page;
        const last = versions.at(-1);
        if (last === undefined && after === null) throw noSuchEntity();
        const next = hasMore && last ? { next: nextPosition(last) } : {};
        return { body: { generation, versions, ...next } };
      },
    }),
  ];
}
