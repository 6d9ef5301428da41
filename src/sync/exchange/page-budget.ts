import { MoodsyncError } from "../../domain/moodsync-error.ts";
import type { SyncLimits } from "./sync-session.ts";

/** A page counts for at least so many changes, so that endless small pages come to an end, too. */
const MIN_PAGE_COST = 100;

/** Ends a download from a server that always has one more page. */
export function createPageBudget({ downloadChanges }: SyncLimits): {
  /** Throws a `failure` when that was the last page that one sync takes, and yet there are more. */
  spend(page: { changes: readonly unknown[] }): void;
} {
  let left = downloadChanges;
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
