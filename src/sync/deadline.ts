/** Ends what runs too long, or is stopped from outside. */
export interface Deadline {
  /** Aborted with a `TimeoutError` at the deadline, with an `AbortError` when stopped. */
  signal: AbortSignal;
  /** To be called when what it was for has ended. */
  close(): void;
}

/** A deadline in `ms`, and earlier where `stop` is aborted. Not `AbortSignal.any` with `AbortSignal.timeout`: Node 20
 *  forgets that timeout when it collects garbage, and the request would wait for ever
 *  (https://github.com/nodejs/node/issues/57736). */
export function openDeadline(ms: number, stop: AbortSignal | undefined): Deadline {
  const controller = new AbortController();
  const timer = setTimeout(() => controller.abort(new DOMException("", "TimeoutError")), ms);
  const onStop = () => controller.abort();
  if (stop?.aborted) onStop();
  stop?.addEventListener("abort", onStop);
  return {
    signal: controller.signal,
    close() {
      clearTimeout(timer);
      stop?.removeEventListener("abort", onStop);
    },
  };
}
