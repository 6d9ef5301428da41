import { createHash } from "node:crypto";

/** Counts what each name did within a window of time. */
export interface RateLimit {
  /** Counts one more; false when that is more than allowed. */
  count(name: string): boolean;
  /** Takes one back that turned out not to count. */
  takeBack(name: string): void;
  isExceeded(name: string): boolean;
  /** Until the counts begin again. */
  secondsLeft(): number;
}

/** Names beyond this many within one window share counters, so that memory has an end and none goes uncounted. */
const MAX_NAMES = 100_000;
const SHARED_COUNTERS = 1_024;

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
  const counterOf = (name: string) =>
    counts.has(name) || counts.size < MAX_NAMES ? name : `shared ${sharedCounter(name)}`;
  return {
    count(name) {
      renew();
      const counter = counterOf(name);
      const count = (counts.get(counter) ?? 0) + 1;
      counts.set(counter, count);
      return count <= limit;
    },
    takeBack(name) {
      renew();
      const counter = counterOf(name);
      const count = counts.get(counter) ?? 0;
      if (count > 1) counts.set(counter, count - 1);
      else counts.delete(counter);
    },
    isExceeded(name) {
      renew();
      return (counts.get(counterOf(name)) ?? 0) >= limit;
    },
    secondsLeft: () => Math.max(1, Math.ceil((endsAtMs - nowMs()) / 1000)),
  };
}

function sharedCounter(name: string): number {
  return createHash("sha256").update(name).digest().readUInt16BE() % SHARED_COUNTERS;
}
