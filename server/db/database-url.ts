import { MoodsyncError } from "../../src/domain/moodsync-error.ts";

/** Where a database is and who connects, in the words of postgres.js. */
export interface DatabaseTarget {
  /** The URL without the parameters that postgres.js would send to the server as settings. */
  url: string;
  /** Of the Unix socket, where the URL names a directory (`?host=/run/postgresql`, as libpq has it). */
  path: string | undefined;
}

/** Reads `postgres://user:password@host:port/database`, or the same with `?host=DIRECTORY` for a Unix socket.
 *  Throws `invalid_input`; the URL, which may hold a password, is in no message. */
export function parseDatabaseUrl(text: string): DatabaseTarget {
  const url = URL.canParse(text) ? new URL(text) : undefined;
  if (url === undefined || !["postgres:", "postgresql:"].includes(url.protocol)) {
    throw new MoodsyncError(
      "invalid_input",
      "The database URL is not of the form postgres://user@host:5432/database.",
      {
        hint: "Check --db or MOODSYNC_DB_URL; special characters of a password are percent-encoded.",
      },
    );
  }
  const directory = url.searchParams.get("host");
  url.searchParams.delete("host");
  const path = directory?.startsWith("/") ? `${directory}/.s.PGSQL.${url.port || "5432"}` : undefined;
  return { url: url.href, path };
}

/** Whether the URL holds a password, which everybody on the machine can read when it stands in an argument. */
export function hasPassword(text: string): boolean {
  return URL.canParse(text) && new URL(text).password !== "";
}
