import { useSyncExternalStore } from "react";

/** What runs beside the screen, one thing at a time: a sync, a question to the server. */
export interface Tasks {
  /** The name of what runs; null: nothing. */
  running(): string | null;
  /** Runs `work` unless something else runs; returns whether it was started. `work` handles its own failures. */
  run(name: string, work: (signal: AbortSignal) => Promise<void>): boolean;
  /** Stops what runs and waits until it has ended, because it uses the database. */
  stop(): Promise<void>;
  subscribe(onChange: () => void): () => void;
}

export function createTasks(): Tasks {
  const abort = new AbortController();
  const listeners = new Set<() => void>();
  let current: { name: string; ended: Promise<void> } | null = null;

  function change(next: typeof current): void {
    current = next;
    for (const listener of listeners) listener();
  }

  return {
    running: () => current?.name ?? null,
    run(name, work) {
      if (current || abort.signal.aborted) return false;
      const ended = work(abort.signal).finally(() => change(null));
      change({ name, ended });
      return true;
    },
    async stop() {
      abort.abort();
      await current?.ended;
    },
    subscribe(onChange) {
      listeners.add(onChange);
      return () => listeners.delete(onChange);
    },
  };
}

/** The name of what runs beside the screen; null: nothing. */
export function useRunningTask(tasks: Tasks): string | null {
  return useSyncExternalStore(tasks.subscribe, tasks.running);
}
