import { createTransferBudget, type TransferBudget } from "../http/transfer-budget.ts";
import { createTurns, type Turns } from "../http/turns.ts";

/** What keeps one account from taking the server from all others. */
export interface AccountLimits {
  /** Requests under way, from the key to the last byte of the answer; those beyond get 429. */
  underWay: Turns;
  /** The request whose body is there and that is worked on; the others wait for their turn. */
  work: Turns;
  transfers: TransferBudget;
}

/** Most requests of one account under way. */
export const MAX_UNDER_WAY = 32;

/** A person with a dozen devices that all sync at once comes near none of them. With one request at work an account has
 *  one of the pool's ten connections, and one of PostgreSQL's processes; its others follow in order, and a large one of
 *  them takes about a second. */
export function createAccountLimits(): AccountLimits {
  return {
    underWay: createTurns({ atOnce: MAX_UNDER_WAY, waiting: 0, waitMs: 0 }),
    work: createTurns({ atOnce: 1, waiting: MAX_UNDER_WAY, waitMs: 30_000 }),
    transfers: createTransferBudget(),
  };
}
