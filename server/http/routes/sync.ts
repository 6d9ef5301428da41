import { ConflictInfo } from "../../../src/domain/protocol/conflict.ts";
import { SyncDigestResponse } from "../../../src/domain/protocol/digest.ts";
import { SyncDownloadRequest, SyncDownloadResponse } from "../../../src/domain/protocol/download.ts";
import { SyncChange } from "../../../src/domain/protocol/sync-change.ts";
import { SyncUploadRequest, SyncUploadResponse } from "../../../src/domain/protocol/upload.ts";
import type { Database } from "../../db/pool.ts";
import { readDigest } from "../../db/sync-store/read-digest.ts";
import { createSyncStore } from "../../db/sync-store/sync-store.ts";
import { sealedAccount } from "../problem.ts";
import { type Route, route } from "../route.ts";
import type { Transfers } from "./transfers.ts";

/** The two transactions of a sync, and the comparison of what both sides hold. */
export function syncRoutes({ db, transfers }: { db: Database; transfers: Transfers }): Route[] {
  const plain = { store: createSyncStore(db), otherGeneration: sealedAccount };
  return [
    route({
      method: "POST",
      path: "/v1/sync/upload",
      checksKey: true,
      summary: "Merge the changes of one device into the account.",
      parts: { SyncChange, ConflictInfo },
      request: { SyncUploadRequest },
      success: {
        status: 200,
        description: "What became of each change, and where the account now stands.",
        body: { SyncUploadResponse },
      },
      problems: ["resync_required", "sealed_account", "quota_exceeded"],
      answer: async (asked) => ({ body: await transfers.upload(plain, asked) }),
    }),
    route({
      method: "POST",
      path: "/v1/sync/download",
      summary: "Read what came after a cursor.",
      request: { SyncDownloadRequest },
      success: {
        status: 200,
        description: "One page of changes in the server's order.",
        body: { SyncDownloadResponse },
      },
      problems: ["resync_required", "sealed_account", "quota_exceeded"],
      answer: async (asked) => ({ body: await transfers.download(plain, asked) }),
    }),
    route({
      method: "GET",
      path: "/v1/sync/digest",
      summary: "Counts and checksums of everything that stands.",
      success: { status: 200, description: "The digest per entity type.", body: { SyncDigestResponse } },
      problems: ["sealed_account"],
      answer: async ({ caller }) => {
        const digest = await readDigest(db, caller.userId);
        if (digest === null) throw sealedAccount();
        return { body: digest };
      },
    }),
  ];
}
