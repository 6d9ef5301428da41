import { createSlots } from "../db/slots.ts";
import { unavailable } from "./problem.ts";
import type { Route } from "./route.ts";
import { doWork, problemAnswer, type ReadyAnswer, type Work } from "./work.ts";

/** Twice the connections to PostgreSQL: while it runs the statements of some, the others are decided and answered. */
const AT_ONCE = 20;
/** As many as the listener has connections. An account has one request in here at most. */
const MAX_WAITING = 1_000;
/** Longest wait, in ms. */
const MAX_WAIT_MS = 5_000;

/** Works on requests a few at a time, on the others after them in order. Where many come at once, what was begun is
 *  finished first: so the first ones are answered early, the last ones no later, and none is sent away half done. */
export function createShortWork(routes: readonly Route[]): (work: Work) => Promise<ReadyAnswer> {
  const turns = createSlots({ slots: AT_ONCE, queue: MAX_WAITING, waitMs: MAX_WAIT_MS });
  return async (work) => {
    let endTurn: () => void;
    try {
      endTurn = await turns.take();
    } catch {
      return problemAnswer(unavailable("Too many requests wait at the moment.", 2), work.requestId, {});
    }
    return doWork(routes, work).finally(endTurn);
  };
}
