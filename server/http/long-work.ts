import { Worker } from "node:worker_threads";
import type { Quotas } from "../accounts/quotas.ts";
import { createRateLimit } from "../rate-limit.ts";
import { unavailable } from "./problem.ts";
import { createTurns } from "./turns.ts";
import { problemAnswer, type ReadyAnswer, type Work } from "./work.ts";

/** Requests that keep a processor busy for long (megabytes of JSON to read, to check, to merge or to write) are worked on
 *  by a second thread, so that the first one always has time for the small ones. */
export interface LongWork {
  /** Whether it may take long: by its body, or because the account lately had a large answer. */
  isLong(work: Work): boolean;
  /** Notes how large an answer was. */
  noteAnswer(work: Work, answer: ReadyAnswer): void;
  /** Works in turn, and never throws. */
  do(work: Work): Promise<ReadyAnswer>;
  close(): Promise<void>;
}

/** What the thread needs to answer like the server. */
export interface LongWorkData {
  databaseUrl: string;
  prepare: boolean;
  quotas: Quotas;
}

/** Largest body and largest answer that are a few ms of work, in bytes. */
const MAX_SHORT_BYTES = 64 * 1024;
/** How long an account's requests are held to be long after a large answer, at most; in ms. */
const LARGE_ANSWER_MS = 10_000;

/** Two at once: one is worked on while PostgreSQL works for the other. More would only take memory. */
const AT_ONCE = { atOnce: 2, waiting: 200, waitMs: 30_000 };

/** Starts the thread with the first long request. */
export function createLongWork(options: { data: LongWorkData; nowMs: () => number }): LongWork {
  const { data, nowMs } = options;
  const largeAnswers = createRateLimit({ limit: 1, windowMs: LARGE_ANSWER_MS, nowMs });
  const turns = createTurns(AT_ONCE);
  const underWay = new Map<string, (answer: ReadyAnswer | null) => void>();
  let thread: Worker | undefined;

  function start(): Worker {
    const started = startThread(data);
    started.unref();
    started.on("message", ({ requestId, answer }: { requestId: string; answer: ReadyAnswer }) => {
      underWay.get(requestId)?.(answer);
    });
    // Usually it ran out of memory. The next long request starts another one.
    started.on("error", () => {});
    started.on("exit", () => {
      thread = undefined;
      for (const finish of underWay.values()) finish(null);
    });
    return started;
  }

  return {
    isLong: ({ body, caller }) =>
      (body?.length ?? 0) > MAX_SHORT_BYTES || largeAnswers.isExceeded(caller.userId),
    noteAnswer({ caller }, { content }) {
      if (content.length > MAX_SHORT_BYTES) largeAnswers.count(caller.userId);
    },
    async do(work) {
      const { requestId } = work;
      try {
        const endTurn = await turns.take("long");
        try {
          thread ??= start();
          thread.postMessage(work, ownBuffer(work.body));
          const answer = await new Promise<ReadyAnswer | null>((finish) => underWay.set(requestId, finish));
          if (answer === null) throw unavailable("The server could not finish this request.", 5);
          return answer;
        } finally {
          underWay.delete(requestId);
          endTurn();
        }
      } catch (error) {
        return problemAnswer(error, requestId, {});
      }
    },
    close: async () => void (await thread?.terminate()),
  };
}

/** The buffer of bytes that have one of their own: it is handed over instead of copied. */
export function ownBuffer(bytes: Uint8Array | null): ArrayBuffer[] {
  return bytes !== null && bytes.buffer.byteLength === bytes.byteLength ? [bytes.buffer as ArrayBuffer] : [];
}

/** As it was built, beside this file; from the source through tsx, whose `--import` does nothing in threads of Node 20. */
function startThread(workerData: LongWorkData): Worker {
  if (!import.meta.url.endsWith(".ts")) {
    return new Worker(new URL("./server-http-long-work-thread.js", import.meta.url), { workerData });
  }
  const source = new URL("./long-work-thread.ts", import.meta.url).href;
  const script = `import("tsx/esm/api").then(({ register }) => { register(); return import("${source}"); })`;
  return new Worker(script, { eval: true, workerData });
}
