import type { AskedGeneration } from "../../sync/generation.ts";
import { type Sealed, sealedContent } from "../../sync/sealed-content.ts";
import type { SyncStore } from "../../sync/store.ts";
import type { Database } from "../pool.ts";
import { createTableStatistics } from "../sync-store/table-statistics.ts";
import { commitSealedUpload } from "./commit-upload.ts";
import { readSealedForUpload } from "./read-for-upload.ts";
import { readSealedPage } from "./read-page.ts";

/** The versions of sealed accounts in PostgreSQL, for a request of one generation. */
export function createSealedStores(
  db: Database,
): (generation: NonNullable<AskedGeneration>) => SyncStore<Sealed> {
  const statistics = createTableStatistics(db);
  return (generation) => ({
    content: sealedContent(generation),
    readForUpload: (userId, asked) => readSealedForUpload(db, userId, { ...asked, generation }),
    commitUpload: (userId, commit) =>
      commitSealedUpload({ db, statistics }, userId, { ...commit, generation }),
    readPage: (userId, asked) => readSealedPage(db, userId, { ...asked, generation }),
  });
}
