import type { MoodsyncError } from "../../domain/moodsync-error.ts";
import type { SyncDownloadRequest, SyncDownloadResponse } from "../../domain/protocol/download.ts";
import type { ResyncReason } from "../../domain/protocol/error-code.ts";
import type { SyncChange } from "../../domain/protocol/sync-change.ts";
import type { SyncUploadRequest, SyncUploadResponse } from "../../domain/protocol/upload.ts";

/** What the cycle can go on after; any other failure of a request is thrown as a MoodsyncError.
 *  `too_large`: the server rejects the request as too large. `stopped_on_the_way`: a proxy in between does.
 *  `broken_off`: the connection broke, or was too slow, before the whole answer had arrived; a smaller request may get
 *  through. `error` is thrown when no smaller one does. */
export type Answer<T> =
  | { status: "ok"; response: T }
  | { status: "resync_required"; reason: ResyncReason }
  | { status: "too_large" }
  | { status: "stopped_on_the_way" | "broken_off"; error: MoodsyncError };

/** The server does not accept the cursor. */
export type ResyncRequired = Extract<Answer<never>, { status: "resync_required" }>;

/** Of a sealed account: the ids under which the server now holds what this device can read. */
export interface Opened {
  opened_ids?: readonly string[];
}

/** The two transactions with the server, over whatever carries them. */
export interface SyncTransport {
  /** Brings a change into the form in which it is sent, while the answer before is awaited, and returns how many bytes of
   *  JSON that takes; null where no server takes so much. A transport without it sends changes as they are. */
  measure?(change: SyncChange): number | null;
  /** What a deferred change holds to this version of moodsync, where it could not be opened. */
  reopen?(change: SyncChange): SyncChange;
  upload(request: SyncUploadRequest, onSent?: OnSent): Promise<Answer<SyncUploadResponse & Opened>>;
  download(request: SyncDownloadRequest, onSent?: OnSent): Promise<Answer<SyncDownloadResponse & Opened>>;
}

/** Called when the whole of a request is on its way, each time that it is sent: from then on only its answer is awaited. */
export type OnSent = () => void;

/** Does `work`, like storing a page, while the server works on a request. The work blocks the event loop, so it begins when
 *  the request is on its way: a large one takes many turns of the loop to be compressed and sent. */
export async function whileWaiting<A, W>(
  send: (onSent: OnSent) => Promise<A>,
  work: () => W,
): Promise<[answer: A, done: W]> {
  let answering!: Promise<A>;
  await new Promise<void>((resolve) => {
    answering = send(resolve);
    answering.then(
      () => resolve(),
      () => resolve(),
    ); // a rejection is thrown below
  });
  const done = work();
  return [await answering, done];
}
