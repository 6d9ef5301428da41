import { join } from "node:path";
import type { Command, OptionValues } from "@commander-js/extra-typings";
import type { Database } from "../../server/db/pool.ts";
import type { Context } from "./context.ts";

/** The options of every `admin` command. */
export interface AdminOptions {
  db?: string;
  json?: boolean;
}

export function withAdminOptions<Args extends unknown[], Given extends OptionValues>(
  command: Command<Args, Given>,
) {
  return command
    .option("--db <url>", "the server's database (MOODSYNC_DB_URL; default: the private one of `serve`)")
    .option("--json", "print JSON");
}

/** Runs a task on the server's database. */
export async function onDatabase<T>(
  context: Context,
  { db }: AdminOptions,
  task: (db: Database) => Promise<T>,
): Promise<T> {
  await warnOfPassword(context, db);
  const { administer } = await import("../../server/administer.ts");
  const databaseUrl = db ?? (context.env.MOODSYNC_DB_URL || undefined);
  return administer({ databaseUrl, directory: join(context.home.stateDir, "server") }, task);
}

/** Shells keep arguments in their history, and other users see them until the program has started. */
export async function warnOfPassword(context: Context, db: string | undefined): Promise<void> {
  if (db === undefined) return;
  const { hasPassword } = await import("../../server/db/database-url.ts");
  if (!hasPassword(db)) return;
  context.stderr.write(
    "The password in --db can be read by others on this machine; MOODSYNC_DB_URL keeps it out of the command line.\n",
  );
}
