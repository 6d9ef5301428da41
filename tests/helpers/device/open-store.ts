import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { openDatabase } from "../../../src/local/storage/database.ts";
import { databaseFile, locateHome } from "../../../src/local/storage/home.ts";

/** An empty home in a temporary directory, with its database open. */
export function openTemporaryStore() {
  const directory = mkdtempSync(join(tmpdir(), "moodsync-store-"));
  const home = locateHome({ MOODSYNC_HOME: directory });
  const db = openDatabase(databaseFile(home));
  return {
    directory,
    home,
    db,
    remove() {
      db.close();
      rmSync(directory, { recursive: true });
    },
  };
}
