import type { MoodsyncError } from "../../domain/moodsync-error.ts";
import { changeKey } from "../../domain/protocol/change-key.ts";
import type { SyncChange } from "../../domain/protocol/sync-change.ts";
import { transaction } from "../../local/storage/database.ts";
import { countPending, hasOutgoing } from "../../local/sync-state/pending-changes.ts";
import { QuotaExceeded } from "../http/answer-meaning.ts";
import { checkUploadResponse, deniesBase } from "../http/check-answer.ts";
import {
  buildUploadRequest,
  rejectTooLarge,
  takeUploadBatch,
  type UploadBatch,
} from "./build-upload-request.ts";
import { recordUploadResponse } from "./record-upload-response.ts";
import type { SyncSession } from "./sync-session.ts";
import { measureSkew } from "./sync-session.ts";
import { grow, shrink } from "./transfer-sizes.ts";
import { type ResyncRequired, whileWaiting } from "./transport.ts";

/** How often a row that a conflict left pending is sent in one step. */
const MAX_SENDS_PER_STEP = 3;
const DENIED: ResyncRequired = { status: "resync_required", reason: "unknown_cursor" };

/** How an upload ended. `isAtHead`: the server's head is now this device's cursor, so there is nothing to download.
 *  `resync`: the server does not accept the cursor. */
export interface UploadEnd {
  resync: ResyncRequired | null;
  isAtHead: boolean;
}

/** Uploads batch by batch until nothing is pending but what was sent three times or rejected. An account without room for
 *  more still takes deletions; then this throws `QuotaExceeded`. `beganEmpty`: the cycle began with an empty cursor, so the
 *  server may lack what it once had. */
export async function uploadAll(
  session: SyncSession,
  { beganEmpty }: { beganEmpty: boolean },
): Promise<UploadEnd> {
  try {
    return await uploadBatches(session, { beganEmpty, skipChange: () => false });
  } catch (error) {
    if (!(error instanceof QuotaExceeded)) throw error;
    const end = await uploadBatches(session, { beganEmpty, skipChange: (change) => !change.deleted });
    if (end.resync) return end;
    throw error;
  }
}

async function uploadBatches(
  session: SyncSession,
  { beganEmpty, skipChange }: { beganEmpty: boolean; skipChange(change: SyncChange): boolean },
): Promise<UploadEnd> {
  const { db } = session;
  if (!hasOutgoing(db)) return { resync: null, isAtHead: false };
  const sends = new Map<string, number>();
  const skip = (key: string) => session.stopped.has(key) || (sends.get(key) ?? 0) >= MAX_SENDS_PER_STEP;
  let done = 0;
  let isAtHead = false;
  const takeBatch = (isSkipped = skip) =>
    transaction(db, () => takeUploadBatch(session, isSkipped, skipChange));
  let batch = takeBatch();
  const total = batch?.holdsAll ? batch.changes.length : countPending(db, session.appVersion).pending;
  while (batch) {
    const sent: UploadBatch = batch;
    const request = buildUploadRequest(session, sent);
    const startedAtMs = session.nowMs();
    const sentAtMs = performance.now();
    const [answer, next] = sent.holdsAll
      ? [await session.transport.upload(request), null]
      : await whileWaiting(
          (onSent) => session.transport.upload(request, onSent),
          () => takeBatch((key) => sent.keys.has(key) || skip(key)),
        );
    switch (answer.status) {
      case "resync_required":
        return { resync: answer, isAtHead: false };
      case "too_large":
      case "stopped_on_the_way":
        if (sent.changes.length > 1)
          session.sizes = { ...session.sizes, batchChanges: Math.ceil(sent.changes.length / 2) };
        else if (answer.status === "too_large")
          transaction(db, () => rejectTooLarge(session, sent.changes[0]!));
        else session.stopped.set(changeKey(sent.changes[0]!.change), answer.error);
        batch = takeBatch();
        break;
      case "broken_off":
        shrinkBatches(session, sent, answer.error);
        batch = takeBatch();
        break;
      case "ok":
        checkUploadResponse(answer.response, request);
        // A server that lost the base must not know the cursor either; one that denies it would have the edit stamped below.
        if (!beganEmpty && deniesBase(answer.response, request)) return { resync: DENIED, isAtHead: false };
        if (!sent.holdsAll) {
          grow(session, "batchBytes", performance.now() - sentAtMs);
          grow(session, "batchChanges", performance.now() - sentAtMs);
        }
        for (const key of sent.keys) sends.set(key, (sends.get(key) ?? 0) + 1);
        measureSkew(session, startedAtMs, answer.response.server_time);
        ({ isAtHead } = recordUploadResponse(session, sent, { request, response: answer.response }));
        batch = next ?? (hasOutgoing(db) ? takeBatch() : null);
        done += sent.changes.length;
        session.onProgress({ phase: "upload", done, total: Math.max(done, total) });
    }
  }
  return { resync: null, isAtHead };
}

/** After a batch that may or may not have arrived, because the connection broke. Throws that error where a smaller batch
 *  would do no better. */
function shrinkBatches(session: SyncSession, { changes, bytes }: UploadBatch, error: MoodsyncError): void {
  if (changes.length === 1 || !shrink(session, "batchBytes", bytes)) throw error;
}
