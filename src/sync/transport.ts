import type { SyncDownloadRequest, SyncDownloadResponse } from "../domain/download.ts";
import type { ResyncReason } from "../domain/error-code.ts";
import type { SyncUploadRequest, SyncUploadResponse } from "../domain/upload.ts";

/** What a server can answer that the cycle goes on with; any other failure is thrown as a MoodsyncError.
 *  `too_large` is the request, or what the server answers to all of it. */
export type Answer<T> =
  | { status: "ok"; response: T }
  | { status: "resync_required"; reason: ResyncReason }
  | { status: "too_large" };

/** The two transactions with the server, over whatever carries them. */
export interface SyncTransport {
  upload(request: SyncUploadRequest): Promise<Answer<SyncUploadResponse>>;
  download(request: SyncDownloadRequest): Promise<Answer<SyncDownloadResponse>>;
}
