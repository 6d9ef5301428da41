import { execFileSync } from "node:child_process";
import { mkdtempSync, readdirSync, realpathSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";

/** A new empty directory to be a device's or a server's MOODSYNC_HOME. Short, so that a socket's path fits in it. */
export function newHome(): string {
  return mkdtempSync(join(tmpdir(), "moodsync-"));
}

/** Copies what is in a home, modes included: from Node 22 on `cpSync` gives directories those of the umask. */
export function copyHome(home: string, to: string): void {
  execFileSync("cp", ["-a", `${home}/.`, to]);
}

/** Removes a home with all that is in it, and the private database that it links to (root keeps that elsewhere). */
export function removeHome(home: string): void {
  for (const entry of readdirSync(home, { recursive: true, withFileTypes: true })) {
    if (entry.isSymbolicLink()) removeLinked(join(entry.parentPath, entry.name));
  }
  rmSync(home, { recursive: true, force: true });
}

function removeLinked(link: string): void {
  const target = realpathSync(link);
  if (target.startsWith("/var/lib/moodsync/")) rmSync(target, { recursive: true, force: true });
}
