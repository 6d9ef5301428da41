import { closeSync, openSync, readFileSync, writeFileSync } from "node:fs";

/** What the process that holds the lock is doing with PostgreSQL. */
export type SupervisorPurpose = "serve" | "admin";

/** Held by the one process that may start and stop the PostgreSQL of a directory. */
export interface SupervisorLock {
  release(): void;
}

/** Takes the lock, or returns undefined when another process holds it. It is the exclusive lock of an SQLite file: the
 *  kernel releases it when its process dies, however it dies, which no file that holds a process id can promise. */
export async function takeSupervisorLock(
  path: string,
  purpose: SupervisorPurpose,
): Promise<SupervisorLock | undefined> {
  createOnce(path);
  const { openSqlite } = await import("../../src/files/open-sqlite.ts");
  const lock = openSqlite(path, { timeout: 0 });
  try {
    lock.pragma("journal_mode = memory");
    lock.exec("begin exclusive");
  } catch (error) {
    lock.close();
    if (String((error as { code?: unknown }).code).startsWith("SQLITE_BUSY")) return undefined;
    throw error;
  }
  writeFileSync(purposePath(path), purpose, { mode: 0o600 });
  return { release: () => lock.close() };
}

/** Never opens a file that exists: closing it would drop a lock that this very process holds on it. */
function createOnce(path: string): void {
  try {
    closeSync(openSync(path, "ax", 0o600));
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== "EEXIST") throw error;
  }
}

/** What the holder said that it does; only worth asking while somebody holds the lock. */
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
