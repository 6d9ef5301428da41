/** Counts what each name did within a window of time. */
export interface RateLimit {
  /** Counts one more; false when that is more than allowed. */
  count(name: string): boolean;
  isExceeded(name: string): boolean;
  /** Until the counts begin again. */
  secondsLeft(): number;
}

/** Names beyond this many within one window are not counted one by one, so memory has an end. */
const MAX_NAMES = 100_000;

/** A fixed window: simple, and a burst at its border does no harm at these sizes. */
export function createRateLimit(options: {
  limit: number;
  windowMs: number;
  nowMs: () => number;
}): RateLimit {
  const { limit, windowMs, nowMs } = options;
  const counts = new Map<string, number>();
  let endsAtMs = nowMs() + windowMs;

  const renew = () => {
    const now = nowMs();
    if (now < endsAtMs) return;
    counts.clear();
    endsAtMs = now + windowMs;
  };
  return {
    count(name) {
      renew();
      const count = (counts.get(name) ?? 0) + 1;
      if (counts.has(name) || counts.size < MAX_NAMES) counts.set(name, count);
      return count <= limit;
    },
    isExceeded(name) {
      renew();
      return (counts.get(name) ?? 0) >= limit;
    },
    secondsLeft: () => Math.max(1, Math.ceil((endsAtMs - nowMs()) / 1000)),
  };
}
