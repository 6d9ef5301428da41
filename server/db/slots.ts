import { DatabaseError } from "./database-error.ts";

/** A number of things that can be used at once, and a queue in front of them that does not grow without end. */
export interface Slots {
  /** Waits for a free slot; the result gives it back. Throws a `DatabaseError` when the queue is full or too slow. */
  take(): Promise<() => void>;
}

/** postgres.js queues without limit and without end: a full pool would let every request wait for ever. */
export function createSlots(options: { slots: number; queue: number; waitMs: number }): Slots {
  const waiting = new Set<() => void>();
  let free = options.slots;

  function give(): void {
    const [next] = waiting;
    if (next === undefined) {
      free += 1;
      return;
    }
    waiting.delete(next);
    next();
  }

  function once(): () => void {
    let given = false;
    return () => {
      if (!given) give();
      given = true;
    };
  }

  return {
    take: () =>
      new Promise((resolve, reject) => {
        if (free > 0) {
          free -= 1;
          resolve(once());
          return;
        }
        if (waiting.size >= options.queue) {
          reject(new DatabaseError("unavailable", "QUEUE_FULL"));
          return;
        }
        const timer = setTimeout(() => {
          waiting.delete(enter);
          reject(new DatabaseError("unavailable", "QUEUE_TIMEOUT"));
        }, options.waitMs);
        const enter = () => {
          clearTimeout(timer);
          resolve(once());
        };
        waiting.add(enter);
      }),
  };
}
