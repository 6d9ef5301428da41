import { mkdtempSync, readdirSync, realpathSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";

/** A new empty directory to be a device's or a server's MOODSYNC_HOME. Short, so that a socket's path fits in it. */
export function newHome(): string {
  return mkdtempSync(join(tmpdir(), "moodsync-"));
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
