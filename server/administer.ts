import { openDatabaseSource } from "./db/database-source.ts";
import type { Database } from "./db/pool.ts";
import { withDatabase } from "./db/with-database.ts";

/** Runs one task of the operator's on the server's database: that of `databaseUrl`, or the private one, which is started
 *  for the moment unless a `serve` runs it. Throws a `MoodsyncError`. */
export async function administer<T>(
  options: { databaseUrl: string | undefined; directory: string },
  task: (db: Database) => Promise<T>,
): Promise<T> {
  const source = await openDatabaseSource({ ...options, purpose: "admin" });
  try {
    return await withDatabase(source.url, task);
  } finally {
    await source.close();
  }
}
