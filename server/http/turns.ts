import { createSlots, type Slots } from "../db/slots.ts";
import { Problem } from "./problem.ts";

/** Lets so many in at once under each name, the others after them in order. */
export interface Turns {
  /** Waits for a turn; the result ends it. Throws 429 where too many wait under that name, or one waits too long. */
  take(name: string): Promise<() => void>;
}

/** Seconds after which a sender that got no turn may come back. */
const RETRY_AFTER_S = 2;

export function createTurns(options: { atOnce: number; waiting: number; waitMs: number }): Turns {
  const { atOnce: slots, waiting: queue, waitMs } = options;
  const byName = new Map<string, { slots: Slots; users: number }>();

  return {
    async take(name) {
      const entry = byName.get(name) ?? { slots: createSlots({ slots, queue, waitMs }), users: 0 };
      byName.set(name, entry);
      entry.users += 1;
      const leave = () => {
        entry.users -= 1;
        if (entry.users === 0) byName.delete(name);
      };
      try {
        const release = await entry.slots.take();
        return () => {
          release();
          leave();
        };
      } catch {
        leave();
        throw tooManyAtOnce();
      }
    },
  };
}

function tooManyAtOnce(): Problem {
  return new Problem("rate_limited", "There are too many requests at once; come back later.", {
    headers: { "retry-after": String(RETRY_AFTER_S) },
  });
}
