import { MoodsyncError } from "../../domain/moodsync-error.ts";
import { changeKey } from "../../domain/protocol/change-key.ts";
import type { SyncDownloadResponse } from "../../domain/protocol/download.ts";
import { decideDownload } from "../../domain/versions/merge.ts";
import { readSyncConfig, type SyncConfig } from "../../local/sync-state/sync-config.ts";
import { readRow } from "../../local/versions/rows.ts";
import { checkDownloadResponse } from "../http/check-answer.ts";
import { readChange } from "./abilities.ts";
import { applyDownloadResponse } from "./apply-download-response.ts";
import { createPageBudget } from "./page-budget.ts";
import type { SyncSession } from "./sync-session.ts";
import { measureSkew } from "./sync-session.ts";
import { deletes } from "./take-version.ts";
import { grow, shrink } from "./transfer-sizes.ts";
import { type OnSent, type Opened, type ResyncRequired, whileWaiting } from "./transport.ts";

/** Downloads page by page until there is no more, each stored while the server prepares the next. Returns the answer of a
 *  server that does not accept the cursor; null when all is stored. */
export async function downloadAll(session: SyncSession): Promise<ResyncRequired | null> {
  let done = 0;
  let isCounted = false;
  const budget = createPageBudget(session.limits);
  let config = readSyncConfig(session.db)!;
  let answer = await requestPage(session, config);
  for (;;) {
    if (answer.status !== "ok") return answer;
    const page = answer.response;
    if (!isCounted && session.guard.wouldStop(page.deletions_ahead ?? 0)) {
      const resync = await countDeletionsAhead(session, config, page);
      if (resync) return resync;
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
    rejectStandstill(config.cursor, page);
    budget.spend(page);
    const after = { ...config, cursor: page.server_cursor };
    [answer] = await whileWaiting((onSent) => requestPage(session, after, onSent), store);
    config = readSyncConfig(session.db)!;
    const isAsked = config.cursor === after.cursor && config.seenCursor === after.seenCursor;
    if (!isAsked) answer = await requestPage(session, config);
  }
}

type PageAnswer = { status: "ok"; response: SyncDownloadResponse & Opened } | ResyncRequired;

/** The page after a cursor, with fewer changes where the connection breaks before as many have arrived. */
export async function requestPage(
  session: SyncSession,
  { deviceId, cursor, seenCursor }: Pick<SyncConfig, "deviceId" | "cursor" | "seenCursor">,
  onSent?: OnSent,
): Promise<PageAnswer> {
  for (;;) {
    const startedAtMs = session.nowMs();
    const sentAtMs = performance.now();
    const limit = session.sizes.pageChanges;
    const seen = seenCursor ? { seen: seenCursor } : {};
    const request = { device_id: deviceId, since: cursor, limit, ...seen };
    const answer = await session.transport.download(request, onSent);
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
): Promise<ResyncRequired | null> {
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
    rejectStandstill(page.server_cursor, answer.response);
    page = answer.response;
  }
}

function wouldDelete(
  { db, abilities }: SyncSession,
  change: SyncDownloadResponse["changes"][number],
): boolean {
  const parsed = readChange(abilities, change);
  if (parsed.status !== "valid") return false;
  const row = readRow(db, parsed.version.entityType, parsed.version.id);
  const decision = decideDownload(row, parsed.version);
  return decision === "take" && deletes(row, parsed.version) === 1;
}

/** Throws where a server claims to have more and sends nothing or the same cursor again: it would be asked for ever. */
function rejectStandstill(cursor: string | null, page: SyncDownloadResponse): void {
  if (page.has_more && (page.changes.length === 0 || page.server_cursor === cursor)) {
    throw new MoodsyncError("failure", "The server says that there is more, but does not send it.");
  }
}
