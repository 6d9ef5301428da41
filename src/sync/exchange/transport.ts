import type { MoodsyncError } from "../../domain/moodsync-error.ts";
import type { SyncDownloadRequest, SyncDownloadResponse } from "../../domain/protocol/download.ts";
import type { ResyncReason } from "../../domain/protocol/error-code.ts";
import type { SyncUploadRequest, SyncUploadResponse } from "../../domain/protocol/upload.ts";

/** What can come of a request that the cycle goes on with; any other failure is thrown as a MoodsyncError.
 *  `too_large` is the request, or what the server answers to all of it. `stopped_on_the_way` is a request that somebody
 *  before the server holds for too large, `broken_off` one whose line broke, or was too slow, before its answer was whole:
 *  a smaller one may get through. `error` is what to tell when none does. */
export type Answer<T> =
  | { status: "ok"; response: T }
  | { status: "resync_required"; reason: ResyncReason }
  | { status: "too_large" }
  | { status: "stopped_on_the_way" | "broken_off"; error: MoodsyncError };

/** The two transactions with the server, over whatever carries them. */
export interface SyncTransport {
  upload(request: SyncUploadRequest): Promise<Answer<SyncUploadResponse>>;
  download(request: SyncDownloadRequest): Promise<Answer<SyncDownloadResponse>>;
}
