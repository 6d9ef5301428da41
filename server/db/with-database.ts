import { MoodsyncError } from "../../src/domain/moodsync-error.ts";
import { DatabaseError } from "./database-error.ts";
import { migrate } from "./migrate.ts";
import { type Database, openDatabase } from "./pool.ts";

/** Runs a task outside of a server on a database whose schema is brought up to date before. Throws a `MoodsyncError`. */
export async function withDatabase<T>(url: string, task: (db: Database) => Promise<T>): Promise<T> {
  await migrate({ url });
  const db = openDatabase({ url, prepare: false });
  try {
    return await task(db);
  } catch (error) {
    throw error instanceof DatabaseError ? databaseFailed(error) : error;
  } finally {
    await db.close();
  }
}

function databaseFailed({ sqlState }: DatabaseError): MoodsyncError {
  return new MoodsyncError("unreachable", `The database did not answer (${sqlState}).`, {
    hint: "`moodsync admin user list` shows what was done; then try again.",
  });
}
