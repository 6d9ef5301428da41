import { chmodSync, chownSync, lstatSync, mkdtempSync } from "node:fs";
import { basename, dirname, join } from "node:path";
import { removeAccountDirectory } from "./account-files.ts";
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

/** Removes the directory of a PostgreSQL that has ended, if it {@link isSocketDirectory}. */
export function removeSocketDirectory(path: string, place: SocketPlace): void {
  if (isSocketDirectory(path, place)) removeAccountDirectory(path, place.owner);
}

/** Of a PostgreSQL whose files lie in `directory` and which runs as `owner`, where that is not the caller. */
export interface SocketPlace {
  directory: string;
  owner: SystemUser | undefined;
}

/** Whether {@link makeSocketDirectory} can have made a directory whose name stands in a file of the account that
 *  PostgreSQL runs as: root does not believe that account. */
export function isSocketDirectory(path: string, { directory, owner }: SocketPlace): boolean {
  const isBelow = dirname(path) === directory && /^s-[A-Za-z0-9]{6}$/.test(basename(path));
  if (!isBelow && !/^\/tmp\/moodsync-[A-Za-z0-9]{6}$/.test(path)) return false;
  const found = lstatSync(path, { throwIfNoEntry: false });
  return found?.isDirectory() === true && found.uid === (owner?.uid ?? process.geteuid?.());
}
