import { readFileSync, writeFileSync } from "node:fs";

/** What the process that holds the lock is doing with PostgreSQL. */
export type SupervisorPurpose = "serve" | "admin";

/** Takes the lock of the one process that may start and stop the PostgreSQL of a directory. Returns the release, or null
 *  when another process holds it. */
export async function takeSupervisorLock(
  path: string,
  purpose: SupervisorPurpose,
): Promise<(() => void) | null> {
  const { acquireFileLock } = await import("../../src/files/file-lock.ts");
  const release = acquireFileLock(path, { waitMs: 0 });
  if (release) writeFileSync(purposePath(path), purpose, { mode: 0o600 });
  return release;
}

/** The purpose that the holder noted; only true while somebody holds the lock. */
export function readPurpose(path: string): SupervisorPurpose {
  try {
    return readFileSync(purposePath(path), "utf8") === "admin" ? "admin" : "serve";
  } catch {
    return "serve";
  }
}

function purposePath(path: string): string {
  return `${path}.purpose`;
}
