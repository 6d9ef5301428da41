import { PLAIN_CONTENT } from "../../sync/plain-content.ts";
import type { SyncStore } from "../../sync/store.ts";
import type { Database } from "../pool.ts";
import { commitUpload } from "./commit-upload.ts";
import { readForUpload } from "./read-for-upload.ts";
import { readPage } from "./read-page.ts";
import { createTableStatistics } from "./table-statistics.ts";

/** The versions of plain accounts in PostgreSQL. */
export function createSyncStore(db: Database): SyncStore {
  const statistics = createTableStatistics(db);
  return {
    content: PLAIN_CONTENT,
    readForUpload: (userId, asked) => readForUpload(db, userId, asked),
    commitUpload: (userId, commit) => commitUpload({ db, statistics }, userId, commit),
    readPage: (userId, asked) => readPage(db, userId, asked),
  };
}
