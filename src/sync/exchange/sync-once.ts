import { setImmediate } from "node:timers/promises";
import { MoodsyncError } from "../../domain/moodsync-error.ts";
import { changeKey } from "../../domain/protocol/change-key.ts";
import type { SyncDownloadResponse } from "../../domain/protocol/download.ts";
import { parseChange } from "../../domain/protocol/parse-change.ts";
import { decideDownload } from "../../domain/versions/merge.ts";
import { transaction } from "../../local/storage/database.ts";
import {
  acknowledgeDeferred,
  forgetDeferred,
  listDeferredByOthers,
} from "../../local/sync-state/deferred-changes.ts";
import { countPending, hasOutgoing } from "../../local/sync-state/pending-changes.ts";
import { recordRejection } from "../../local/sync-state/rejected-changes.ts";
import { forgetSent } from "../../local/sync-state/sent-versions.ts";
import { readSyncConfig, type SyncConfig } from "../../local/sync-state/sync-config.ts";
import { readRow } from "../../local/versions/rows.ts";
import { QuotaExceeded } from "../http/answer-meaning.ts";
import { checkDownloadResponse, checkUploadResponse } from "../http/check-answer.ts";
import { applyChange, applyDownloadResponse } from "./apply-download-response.ts";
import { buildUploadRequest, takeUploadBatch, type UploadBatch } from "./build-upload-request.ts";
import { createPageBudget } from "./page-budget.ts";
import { recordUploadResponse } from "./record-upload-response.ts";
import { prepareResync } from "./resync.ts";
import type { SyncSession } from "./sync-session.ts";
import { deletes } from "./take-version.ts";
import { grow, shrink } from "./transfer-sizes.ts";
import type { Answer } from "./transport.ts";

/** How often a row that a conflict left pending is sent in one step. */
const MAX_SENDS_PER_STEP = 3;
/** How often the server may refuse the cursor in one sync. */
const MAX_RESYNCS = 3;

/** One cycle: upload what is pending, download what is new, upload what that left pending. With an empty cursor
 *  it downloads to the end first. The caller holds the sync lock and has checked the account.
 *  Throws what the transport throws; whatever was stored before then stays and is true. */
export async function syncOnce(session: SyncSession): Promise<void> {
  applyDeferred(session);
  for (let resyncs = 0; ; resyncs++) {
    const refusal = await runCycle(session);
    for (const error of refusal ? [] : session.stopped.values()) throw error;
    if (!refusal) return;
    if (resyncs === MAX_RESYNCS) throw new MoodsyncError("failure", "The server refuses its own cursors.");
    prepareResync(session, refusal.reason);
  }
}

type Refusal = Extract<Answer<never>, { status: "resync_required" }>;

async function runCycle(session: SyncSession): Promise<Refusal | null> {
  const { cursor, fullDownload } = readSyncConfig(session.db)!;
  if (cursor === null || fullDownload !== "none")
    return (await downloadAll(session)) ?? (await uploadAll(session)).refusal;
  const uploaded = await uploadAll(session).catch(notYet);
  if (uploaded.refusal) return uploaded.refusal;
  if (uploaded.isAtHead) return null;
  const refusal = await downloadAll(session);
  if (refusal) return refusal;
  return (await uploadAll(session)).refusal;
}

/** An account without room still gets what is new; the upload after the download then fails for good. */
function notYet(error: unknown): Awaited<ReturnType<typeof uploadAll>> {
  if (error instanceof QuotaExceeded) return { refusal: null, isAtHead: false };
  throw error;
}

/** Uploads batch by batch until nothing is pending but what was sent three times or refused for good. */
async function uploadAll(session: SyncSession): Promise<{ refusal: Refusal | null; isAtHead: boolean }> {
  const { db } = session;
  if (!hasOutgoing(db)) return { refusal: null, isAtHead: false };
  const sends = new Map<string, number>();
  const skip = (key: string) => session.stopped.has(key) || (sends.get(key) ?? 0) >= MAX_SENDS_PER_STEP;
  let done = 0;
  let isAtHead = false;
  const takeBatch = (isSkipped = skip) => transaction(db, () => takeUploadBatch(session, isSkipped));
  let batch = takeBatch();
  const total = batch?.holdsAll ? batch.changes.length : countPending(db, session.appVersion).pending;
  while (batch) {
    const sent: UploadBatch = batch;
    const request = buildUploadRequest(session, sent);
    const startedAtMs = session.nowMs();
    const sentAtMs = performance.now();
    const answering = session.transport.upload(request);
    const [answer, next] = sent.holdsAll
      ? [await answering, null]
      : await meanwhile(answering, () => takeBatch((key) => sent.jsonByKey.has(key) || skip(key)));
    switch (answer.status) {
      case "resync_required":
        return { refusal: answer, isAtHead: false };
      case "too_large":
      case "stopped_on_the_way":
        if (sent.changes.length > 1)
          session.sizes = { ...session.sizes, batchChanges: Math.ceil(sent.changes.length / 2) };
        else if (answer.status === "too_large") setAside(session, sent);
        else session.stopped.set(changeKey(sent.changes[0]!.change), answer.error);
        batch = takeBatch();
        break;
      case "broken_off":
        shrinkBatches(session, sent, answer.error);
        batch = takeBatch();
        break;
      case "ok":
        checkUploadResponse(answer.response, request);
        if (!sent.holdsAll) {
          grow(session, "batchBytes", performance.now() - sentAtMs);
          grow(session, "batchChanges", performance.now() - sentAtMs);
        }
        for (const key of sent.jsonByKey.keys()) sends.set(key, (sends.get(key) ?? 0) + 1);
        measureSkew(session, startedAtMs, answer.response.server_time);
        ({ isAtHead } = recordUploadResponse(session, sent, { request, response: answer.response }));
        batch = next ?? (hasOutgoing(db) ? takeBatch() : null);
        done += sent.changes.length;
        session.onProgress({ phase: "upload", done, total: Math.max(done, total) });
    }
  }
  return { refusal: null, isAtHead };
}

async function downloadAll(session: SyncSession): Promise<Refusal | null> {
  let done = 0;
  let isCounted = false;
  const budget = createPageBudget(session.limits);
  let config = readSyncConfig(session.db)!;
  let answer = await requestPage(session, config);
  for (;;) {
    if (answer.status !== "ok") return answer;
    const page = answer.response;
    if (!isCounted && session.guard.wouldStop(page.deletions_ahead ?? 0)) {
      const refusal = await countDeletionsAhead(session, config, page);
      if (refusal) return refusal;
    }
    isCounted = true;
    const store = () => {
      applyDownloadResponse(session, page);
      done += page.changes.length;
      session.onProgress({ phase: "download", done, total: null });
    };
    if (!page.has_more) {
      store();
      return null;
    }
    refuseStandstill(config.cursor, page);
    budget.spend(page);
    const after = { ...config, cursor: page.server_cursor };
    [answer] = await meanwhile(requestPage(session, after), store);
    config = readSyncConfig(session.db)!;
    const isAsked = config.cursor === after.cursor && config.seenCursor === after.seenCursor;
    if (!isAsked) answer = await requestPage(session, config);
  }
}

/** Works while the server works on a request. */
async function meanwhile<A, W>(answering: Promise<A>, work: () => W): Promise<[answer: A, done: W]> {
  answering.catch(() => {}); // told below, unless the work fails
  // On a connection that was used before, undici sends in one of the next two turns of the event loop.
  await setImmediate();
  await setImmediate();
  const done = work();
  return [await answering, done];
}

type PageAnswer = { status: "ok"; response: SyncDownloadResponse } | Refusal;

/** The page after a cursor, with fewer changes where the line does not carry as many. */
export async function requestPage(
  session: SyncSession,
  { deviceId, cursor, seenCursor }: Pick<SyncConfig, "deviceId" | "cursor" | "seenCursor">,
): Promise<PageAnswer> {
  for (;;) {
    const startedAtMs = session.nowMs();
    const sentAtMs = performance.now();
    const limit = session.sizes.pageChanges;
    const seen = seenCursor ? { seen: seenCursor } : {};
    const answer = await session.transport.download({ device_id: deviceId, since: cursor, limit, ...seen });
    switch (answer.status) {
      case "resync_required":
        return answer;
      case "too_large":
        throw new MoodsyncError("failure", "The server refused the request as too large.");
      case "stopped_on_the_way":
        throw answer.error;
      case "broken_off":
        if (!shrink(session, "pageChanges", limit)) throw answer.error;
        break;
      case "ok":
        checkDownloadResponse(answer.response, limit);
        measureSkew(session, startedAtMs, answer.response.server_time);
        if (answer.response.has_more) grow(session, "pageChanges", performance.now() - sentAtMs);
        return answer;
    }
  }
}

/** Reads the pages to the end without storing them, so that too many deletions are noticed before the first. */
async function countDeletionsAhead(
  session: SyncSession,
  config: SyncConfig,
  firstPage: SyncDownloadResponse,
): Promise<Refusal | null> {
  const deleting = new Set<string>();
  const budget = createPageBudget(session.limits);
  for (let page = firstPage; ; ) {
    for (const change of page.changes) {
      if (wouldDelete(session, change)) deleting.add(changeKey(change));
    }
    if (session.guard.wouldStop(deleting.size)) session.guard.count(deleting.size);
    if (!page.has_more) return null;
    budget.spend(page);
    const answer = await requestPage(session, { ...config, cursor: page.server_cursor });
    if (answer.status !== "ok") return answer;
    refuseStandstill(page.server_cursor, answer.response);
    page = answer.response;
  }
}

function wouldDelete({ db }: SyncSession, change: SyncDownloadResponse["changes"][number]): boolean {
  const parsed = parseChange(change);
  if (parsed.status !== "valid") return false;
  const row = readRow(db, parsed.version.entityType, parsed.version.id);
  const decision = decideDownload(row, parsed.version);
  return decision === "take" && deletes(row, parsed.version) === 1;
}

/** A server that has more but does not move would be asked for ever. */
function refuseStandstill(cursor: string | null, page: SyncDownloadResponse): void {
  if (page.has_more && (page.changes.length === 0 || page.server_cursor === cursor)) {
    throw new MoodsyncError("failure", "The server says that there is more, but does not send it.");
  }
}

/** After a batch of which nobody knows whether it arrived. Throws why where a smaller one would do no better. */
function shrinkBatches(session: SyncSession, { changes, bytes }: UploadBatch, error: MoodsyncError): void {
  if (changes.length === 1 || !shrink(session, "batchBytes", bytes)) throw error;
}

/** A single change that the server itself holds for too large waits for an edit, with that reason. */
function setAside(session: SyncSession, { changes }: UploadBatch): void {
  const { revision, change } = changes[0]!;
  transaction(session.db, () => {
    if (revision === null) return acknowledgeDeferred(session.db, change.entity_type, change.id);
    forgetSent(session.db, change.entity_type, change.id);
    recordRejection(session.db, {
      entityType: change.entity_type,
      id: change.id,
      revision,
      reason: "too_large",
      detail: null,
      appVersion: session.appVersion,
      nowMs: session.nowMs(),
    });
  });
}

/** Changes that another version of moodsync could not read, and this one perhaps can. */
function applyDeferred(session: SyncSession): void {
  const { db, appVersion } = session;
  if (listDeferredByOthers(db, appVersion).length === 0) return;
  transaction(db, () => {
    for (const change of listDeferredByOthers(db, appVersion)) {
      forgetDeferred(db, change.entity_type, change.id);
      applyChange(session, change);
    }
  });
}

/** The middle of the request is compared with the server's clock, where it tells it. */
function measureSkew(session: SyncSession, startedAtMs: number, serverTimeMs: number | undefined): void {
  if (serverTimeMs === undefined) return;
  session.clockSkewMs = Math.round((startedAtMs + session.nowMs()) / 2 - serverTimeMs);
}
