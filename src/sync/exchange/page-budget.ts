import { MoodsyncError } from "../../domain/moodsync-error.ts";
import type { SyncLimits } from "./sync-session.ts";

/** A page counts for at least so many changes, so that small ones end, too. */
const MIN_PAGE_COST = 100;

/** Keeps a walk through a server's pages from going on for ever. */
export function createPageBudget({ walkChanges }: SyncLimits): {
  /** Throws a `failure` when the walk was long enough although more is there. */
  spend(page: { changes: readonly unknown[] }): void;
} {
  let left = walkChanges;
  return {
    spend({ changes }) {
      left -= Math.max(changes.length, MIN_PAGE_COST);
      if (left > 0) return;
      throw new MoodsyncError("failure", "The server has more to send than one sync takes.", {
        hint: "What came before is stored; `moodsync sync` goes on from there.",
      });
    },
  };
}
