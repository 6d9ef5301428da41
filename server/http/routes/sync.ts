import { randomBytes } from "node:crypto";
import { setTimeout as sleep } from "node:timers/promises";
import { ConflictInfo } from "../../../src/domain/protocol/conflict.ts";
import { SyncDigestResponse } from "../../../src/domain/protocol/digest.ts";
import { SyncDownloadRequest, SyncDownloadResponse } from "../../../src/domain/protocol/download.ts";
import type { ResyncReason } from "../../../src/domain/protocol/error-code.ts";
import { SyncChange } from "../../../src/domain/protocol/sync-change.ts";
import { SyncUploadRequest, SyncUploadResponse } from "../../../src/domain/protocol/upload.ts";
import { HOUR_MS } from "../../../src/domain/time/durations.ts";
import type { Quotas } from "../../accounts/quotas.ts";
import type { Caller } from "../../auth.ts";
import { touchDevice } from "../../db/devices.ts";
import type { Database } from "../../db/pool.ts";
import { readDigest } from "../../db/sync-store/read-digest.ts";
import { createSyncStore } from "../../db/sync-store/sync-store.ts";
import { createRateLimit } from "../../rate-limit.ts";
import { download } from "../../sync/download.ts";
import { upload } from "../../sync/upload.ts";
import { Problem, quotaExceeded, sealedAccount, unavailable } from "../problem.ts";
import { type Route, route } from "../route.ts";

const TOO_MUCH_AT_ONCE = "The changes touch more than one answer can hold; send fewer of them at once.";

/** The two transactions of a sync, and the comparison of what both sides hold. */
export function syncRoutes(options: { db: Database; nowMs: () => number; quotas: Quotas }): Route[] {
  const { db, nowMs, quotas } = options;
  const store = createSyncStore(db);
  const context = { store, newNonce: () => randomBytes(16).toString("hex"), pause, quotaBytes: quotas.bytes };
  const seenDevices = createRateLimit({ limit: 1, windowMs: HOUR_MS, nowMs });
  /** To the hour is enough. Before the work, because an account with too many devices gets no answer for another. */
  const noteDevice = async (caller: Caller, id: string) => {
    const name = `${caller.userId}/${id}`;
    if (seenDevices.isExceeded(name)) return;
    if (!(await touchDevice(db, { ...caller, id, quota: quotas.devices })))
      throw quotaExceeded("many devices");
    seenDevices.count(name);
  };

  return [
    route({
      method: "POST",
      path: "/v1/sync/upload",
      summary: "Merge the changes of one device into the account.",
      parts: { SyncChange, ConflictInfo },
      request: { SyncUploadRequest },
      success: {
        status: 200,
        description: "What became of each change, and where the account now stands.",
        body: { SyncUploadResponse },
      },
      problems: ["resync_required", "sealed_account", "quota_exceeded"],
      answer: async ({ caller, body: request, note }) => {
        note({ deviceId: request.device_id, changes: request.changes.length });
        await noteDevice(caller, request.device_id);
        const outcome = await upload({ ...context, keyId: caller.keyId }, caller.userId, request);
        if (outcome.status === "contended") {
          throw unavailable("Other devices of this account upload at the same time.", 1);
        }
        if (outcome.status === "other_generation") throw sealedAccount();
        if (outcome.status === "resync_required") throw resyncRequired(outcome.reason);
        if (outcome.status === "too_large") throw new Problem("too_large", TOO_MUCH_AT_ONCE);
        if (outcome.status === "quota_exceeded") throw quotaExceeded("much data");
        const { response, attempts } = outcome;
        note({ applied: response.applied_ids.length, conflicts: response.conflicts.length, attempts });
        return { body: response };
      },
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
      answer: async ({ caller, body: request, note }) => {
        note({ deviceId: request.device_id });
        await noteDevice(caller, request.device_id);
        const outcome = await download({ store }, caller.userId, request);
        if (outcome.status === "other_generation") throw sealedAccount();
        if (outcome.status === "resync_required") throw resyncRequired(outcome.reason);
        const { changes, has_more: hasMore } = outcome.response;
        note({ changes: changes.length, hasMore: hasMore ?? false });
        return { body: outcome.response };
      },
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

function pause(attempt: number): Promise<void> {
  return sleep(Math.random() * Math.min(10 * 2 ** attempt, 500));
}

function resyncRequired(reason: ResyncReason): Problem {
  const detail =
    reason === "unknown_cursor"
      ? "The cursor is not of this server's past; sync again from an empty one."
      : "Deletions after this cursor have been purged; download again from the start.";
  return new Problem("resync_required", detail, { reason });
}
