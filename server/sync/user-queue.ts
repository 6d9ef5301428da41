/** Uploads of one user one after the other: in this process none has to be decided anew because another came first. */
export interface UserQueue {
  /** Runs the task after those before it, or returns undefined when too many of that user wait already. */
  inOrder<T>(userId: string, task: () => Promise<T>): Promise<T | undefined>;
}

const MAX_WAITING = 32;

export function createUserQueue(): UserQueue {
  const lastByUser = new Map<string, { settled: Promise<unknown>; waiting: number }>();
  return {
    async inOrder(userId, task) {
      const entry = lastByUser.get(userId) ?? { settled: Promise.resolve(), waiting: 0 };
      if (entry.waiting >= MAX_WAITING) return undefined;
      entry.waiting += 1;
      const result = entry.settled.then(task);
      entry.settled = result.catch(() => {});
      lastByUser.set(userId, entry);
      try {
        return await result;
      } finally {
        entry.waiting -= 1;
        if (entry.waiting === 0) lastByUser.delete(userId);
      }
    },
  };
}
