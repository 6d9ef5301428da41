import { MoodsyncError } from "../../src/domain/moodsync-error.ts";

/** Where a database is and who connects, in the words of postgres.js. */
export interface DatabaseTarget {
  /** The URL without the parameters that postgres.js would send to the server as settings. */
  url: string;
  port: number;
  /** The database's name, which postgres.js would not decode; undefined where the URL names none. */
  database: string | undefined;
  /** Of the Unix socket, where the URL names a directory (`?host=/run/postgresql`, as libpq has it). */
  path: string | undefined;
}

const DEFAULT_PORT = 5432;
/** What libpq also takes behind the `?`, and postgres.js would send to the server as settings, a password among them. */
const BELONGS_BEFORE = ["user", "password", "port", "dbname", "hostaddr"];
/** What every connection of moodsync sets itself. */
const OURS = ["application_name", "client_encoding", "datestyle", "timezone", "standard_conforming_strings"];

/** Reads `postgres://user:password@host:port/database`, or the same with `?host=DIRECTORY` for a Unix socket.
 *  Throws `invalid_input`; the URL, which may hold a password, is in no message. */
export function parseDatabaseUrl(text: string): DatabaseTarget {
  const url = URL.canParse(text) ? new URL(text) : undefined;
  if (url === undefined || !["postgres:", "postgresql:"].includes(url.protocol)) {
    throw invalid(
      "The database URL is not of the form postgres://user@host:5432/database.",
      "Check --db or MOODSYNC_DB_URL; special characters of a password are percent-encoded.",
    );
  }
  const { username, password, hostname, pathname } = url;
  if (![username, password, hostname, pathname].every(canDecode)) {
    throw invalid(
      "The database URL has a % that does not begin a percent-encoded character.",
      "Check --db or MOODSYNC_DB_URL; a % in a password is written %25.",
    );
  }
  const directory = url.searchParams.get("host");
  url.searchParams.delete("host");
  for (const name of [...url.searchParams.keys()]) {
    if (BELONGS_BEFORE.includes(name)) {
      throw invalid(
        `The database URL has "${name}" after its ?, where moodsync does not read it.`,
        "Write it as postgres://user:password@host:5432/database.",
      );
    }
    if (OURS.includes(name.toLowerCase())) url.searchParams.delete(name);
  }
  if (directory !== null && !directory.startsWith("/")) {
    throw invalid(
      "The host after the ? of the database URL is not the directory of a socket.",
      "Write another machine's name before it: postgres://user@host:5432/database.",
    );
  }
  const port = Number(url.port || DEFAULT_PORT);
  return {
    url: url.href,
    port,
    database: decodeURIComponent(pathname.slice(1)) || undefined,
    path: directory === null ? undefined : `${directory}/.s.PGSQL.${port}`,
  };
}

function canDecode(text: string): boolean {
  try {
    decodeURIComponent(text);
    return true;
  } catch {
    return false;
  }
}

function invalid(message: string, hint: string): MoodsyncError {
  return new MoodsyncError("invalid_input", message, { hint });
}

/** Whether the URL holds a password, which everybody on the machine can read when it stands in an argument. */
export function hasPassword(text: string): boolean {
  return URL.canParse(text) && new URL(text).password !== "";
}
