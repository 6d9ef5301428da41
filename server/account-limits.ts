import { createTransferBudget, type TransferBudget } from "./http/transfer-budget.ts";
import { createTurns, type Turns } from "./turns.ts";

/** What keeps one account from taking the server from all others. */
export interface AccountLimits {
  /** Requests under way, from the key to the last byte of the answer; refused beyond. */
  underWay: Turns;
  /** Requests whose body is there and that are worked on; the others wait for their turn. */
  work: Turns;
  transfers: TransferBudget;
}

/** Most requests of one account under way. */
export const MAX_UNDER_WAY = 32;

/** A person with a dozen devices that all sync at once comes near none of them. Two at work take two of the pool's ten
 *  connections, so that the pool has one free whenever another account asks. */
export function createAccountLimits(): AccountLimits {
  return {
    underWay: createTurns({ atOnce: MAX_UNDER_WAY, waiting: 0, waitMs: 0 }),
    work: createTurns({ atOnce: 2, waiting: MAX_UNDER_WAY, waitMs: 15_000 }),
    transfers: createTransferBudget(),
  };
}
