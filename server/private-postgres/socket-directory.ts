import { chmodSync, chownSync, mkdtempSync, rmSync } from "node:fs";
import { basename, join } from "node:path";
import type { SystemUser } from "./system-user.ts";

/** The longest path of a Unix socket that both Linux and macOS take, in bytes (Linux takes 107). */
const MAX_SOCKET_PATH_BYTES = 103;

/** The setting that names the directory is a list with quotes. */
const SETTING_SYNTAX = /[",\\]/;
const NAME = "s-";
const ELSEWHERE = "/tmp/moodsync-";

/** PostgreSQL names its socket after a port, also where it listens on none. */
export const SOCKET_PORT = 5432;

/** Makes the directory of the socket, mode 0700, which is all that guards the database: inside it, PostgreSQL trusts
 *  everybody. It is new at each start, so nobody can have prepared it, and lies below `directory` unless the path of
 *  the socket would be too long there. */
export function makeSocketDirectory(directory: string, owner: SystemUser | undefined): string {
  const longest = join(directory, "s-XXXXXX", `.s.PGSQL.${SOCKET_PORT}`);
  const fits = Buffer.byteLength(longest) <= MAX_SOCKET_PATH_BYTES && !SETTING_SYNTAX.test(directory);
  const made = mkdtempSync(fits ? join(directory, NAME) : ELSEWHERE);
  chmodSync(made, 0o700);
  if (owner !== undefined) chownSync(made, owner.uid, owner.gid);
  return made;
}

/** Removes the directory of a PostgreSQL that has ended. */
export function removeSocketDirectory(path: string): void {
  const isOurs = basename(path).startsWith(NAME) || path.startsWith(ELSEWHERE);
  if (isOurs) rmSync(path, { recursive: true, force: true });
}
