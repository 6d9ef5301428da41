import type Database from "better-sqlite3";
import { MoodsyncError } from "../../domain/moodsync-error.ts";
import { countLive } from "../../local/versions/rows.ts";

/** A sync that would delete more than half of the live entities, and more than this many, is stopped. */
const MAX_UNASKED_DELETIONS = 20;

/** Counts what one sync deletes on this device, and stops it when that is suspiciously much. */
export interface DeletionGuard {
  /** Counts deletions that are about to be stored; throws inside their transaction, so that nothing is. */
  count(deletions: number): void;
  /** Whether so many deletions would be too many. */
  wouldStop(deletions: number): boolean;
}

export function createDeletionGuard(db: Database.Database, accepted: boolean): DeletionGuard {
  let deleted = 0;
  let liveAtStart: number | null = null;

  function wouldStop(deletions: number): boolean {
    if (accepted || deleted + deletions <= MAX_UNASKED_DELETIONS) return false;
    liveAtStart ??= countLive(db) + deleted;
    return liveAtStart > MAX_UNASKED_DELETIONS && deleted + deletions > liveAtStart / 2;
  }

  return {
    wouldStop,
    count(deletions) {
      if (wouldStop(deletions)) throw tooManyDeletions();
      deleted += deletions;
    },
  };
}

function tooManyDeletions(): MoodsyncError {
  return new MoodsyncError(
    "too_many_deletions",
    "This sync would delete more than half of the entries on this device, so it was stopped and deleted none.",
    { hint: "If they were deleted on purpose on another device, run `moodsync sync --accept-deletions`." },
  );
}
