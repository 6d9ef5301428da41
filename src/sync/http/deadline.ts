/** Ends what stands still or is too slow, or is stopped from outside. */
export interface Deadline {
  /** Aborted with a `TimeoutError` at the deadline, with an `AbortError` when stopped. */
  signal: AbortSignal;
  /** To be called when so many bytes went across. */
  moved(bytes: number): void;
  /** To be called when what it was for has ended. */
  close(): void;
}

/** Below this pace nobody waits any longer, in bytes per ms; else a server that drips could hold a sync for ever. */
const SLOWEST_PACE = 0.25;

/** A deadline after `ms`, put off by as much as long as enough bytes move in each such time; earlier where `stop` is
 *  aborted. Not `AbortSignal.any` with `AbortSignal.timeout`: Node 20 forgets that timeout when it collects garbage, and
 *  the request would wait for ever (https://github.com/nodejs/node/issues/57736). */
export function openDeadline(ms: number, stop: AbortSignal | undefined): Deadline {
  const controller = new AbortController();
  let movedBytes = 0;
  let timer = setTimeout(check, ms);

  function check(): void {
    if (movedBytes < SLOWEST_PACE * ms) controller.abort(new DOMException("", "TimeoutError"));
    else timer = setTimeout(check, ms);
    movedBytes = 0;
  }

  const onStop = () => controller.abort();
  if (stop?.aborted) onStop();
  stop?.addEventListener("abort", onStop);
  return {
    signal: controller.signal,
    moved(bytes) {
      movedBytes += bytes;
    },
    close() {
      clearTimeout(timer);
      stop?.removeEventListener("abort", onStop);
    },
  };
}
