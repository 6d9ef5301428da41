import { spawnSync } from "node:child_process";
import { closeSync, constants, fstatSync, openSync, readSync, rmdirSync } from "node:fs";
import { ids, POSTGRES_ENVIRONMENT, type SystemUser } from "./system-user.ts";

/** More than any file of PostgreSQL that is read here, in bytes. */
const MAX_BYTES = 4096;

/** The text of a small file that another account may have written: no link is followed, and no pipe waited for.
 *  Undefined where there is no such file. */
export function readAccountFile(path: string): string | undefined {
  let file: number | undefined;
  try {
    file = openSync(path, constants.O_RDONLY | constants.O_NOFOLLOW | constants.O_NONBLOCK);
    if (!fstatSync(file).isFile()) return undefined;
    const bytes = Buffer.alloc(MAX_BYTES);
    return bytes.toString("utf8", 0, readSync(file, bytes));
  } catch {
    return undefined;
  } finally {
    if (file !== undefined) closeSync(file);
  }
}

/** Removes a directory that an account may write, as that account: what it puts a link in the place of meanwhile is out
 *  of its own reach. Only the empty directory itself, whose parent can be this process's, is removed by this process. */
export function removeAccountDirectory(path: string, account: SystemUser | undefined): void {
  const options = { stdio: "ignore", env: POSTGRES_ENVIRONMENT, cwd: "/", ...ids(account) } as const;
  spawnSync("rm", ["-rf", "--", path], options);
  try {
    rmdirSync(path);
  } catch {
    // It is gone already, or is no directory of that account.
  }
}
