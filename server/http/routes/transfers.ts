import { randomBytes } from "node:crypto";
import { setTimeout as sleep } from "node:timers/promises";
import type { SyncDownloadRequest } from "../../../src/domain/protocol/download.ts";
import type { ResyncReason } from "../../../src/domain/protocol/error-code.ts";
import { HOUR_MS } from "../../../src/domain/time/durations.ts";
import type { Quotas } from "../../accounts/quotas.ts";
import type { Caller } from "../../auth.ts";
import { touchDevice } from "../../db/devices.ts";
import type { Database } from "../../db/pool.ts";
import { createRateLimit } from "../../rate-limit.ts";
import type { Kind } from "../../sync/content.ts";
import { type DownloadAnswer, download } from "../../sync/download.ts";
import type { AskedGeneration } from "../../sync/generation.ts";
import type { SyncStore } from "../../sync/store.ts";
import { type UploadAnswer, type UploadRequest, upload } from "../../sync/upload.ts";
import { Problem, quotaExceeded, unavailable } from "../problem.ts";
import type { RouteRequest } from "../route.ts";

type Asked<Body> = Pick<RouteRequest<unknown, unknown, Body>, "body" | "note"> & { caller: Caller };

/** The two transactions of a sync, for plain and for sealed accounts. */
export interface Transfers {
  upload<K extends Kind>(of: Transferred<K>, asked: Asked<UploadRequest<K>>): Promise<UploadAnswer<K>>;
  download<K extends Kind>(of: Transferred<K>, asked: Asked<SyncDownloadRequest>): Promise<DownloadAnswer<K>>;
}

interface Transferred<K extends Kind> {
  store: SyncStore<K>;
  /** What an account of another kind or generation is answered with. */
  otherGeneration(userId: string): Promise<Problem> | Problem;
}

const TOO_MUCH_AT_ONCE = "The changes touch more than one answer can hold; send fewer of them at once.";

export function createTransfers(options: { db: Database; nowMs: () => number; quotas: Quotas }): Transfers {
  const { db, nowMs, quotas } = options;
  const seenDevices = createRateLimit({ limit: 1, windowMs: HOUR_MS, nowMs });
  /** To the hour is enough. Before the work, because an account with too many devices gets no answer for another. */
  const noteDevice = async (caller: Caller, id: string, generation: AskedGeneration) => {
    const name = `${caller.userId}/${id}/${generation?.generation ?? "plain"}`;
    if (seenDevices.isExceeded(name)) return;
    const touched = await touchDevice(db, { ...caller, id, quota: quotas.devices, generation });
    if (!touched.isKnown) throw quotaExceeded("many devices");
    if (touched.isOfGeneration) seenDevices.count(name);
  };

  return {
    async upload({ store, otherGeneration }, { caller, body: request, note }) {
      note({ deviceId: request.device_id, changes: request.changes.length });
      await noteDevice(caller, request.device_id, store.content.generation);
      const context = { store, newNonce, pause, keyId: caller.keyId, quotaBytes: quotas.bytes };
      const outcome = await upload(context, caller.userId, request);
      if (outcome.status === "contended") throw contended();
      if (outcome.status === "other_generation") throw await otherGeneration(caller.userId);
      if (outcome.status === "resync_required") throw resyncRequired(outcome.reason);
      if (outcome.status === "too_large") throw new Problem("too_large", TOO_MUCH_AT_ONCE);
      if (outcome.status === "quota_exceeded") throw quotaExceeded("much data");
      const { response, attempts } = outcome;
      note({ applied: response.applied_ids.length, conflicts: response.conflicts.length, attempts });
      return response;
    },

    async download({ store, otherGeneration }, { caller, body: request, note }) {
      note({ deviceId: request.device_id });
      await noteDevice(caller, request.device_id, store.content.generation);
      const outcome = await download({ store }, caller.userId, request);
      if (outcome.status === "other_generation") throw await otherGeneration(caller.userId);
      if (outcome.status === "resync_required") throw resyncRequired(outcome.reason);
      const { changes, has_more: hasMore } = outcome.response;
      note({ changes: changes.length, hasMore });
      return outcome.response;
    },
  };
}

/** Of an upload or a founding, by which the server recognises its own cursors. */
export function newNonce(): string {
  return randomBytes(16).toString("hex");
}

export function pause(attempt: number): Promise<void> {
  return sleep(Math.random() * Math.min(10 * 2 ** attempt, 500));
}

export function contended(): Problem {
  return unavailable("Other devices of this account upload at the same time.", 1);
}

function resyncRequired(reason: ResyncReason): Problem {
  const detail =
    reason === "unknown_cursor"
      ? "The cursor is not of this server's past; sync again from an empty one."
      : "Deletions after this cursor have been purged; download again from the start.";
  return new Problem("resync_required", detail, { reason });
}
