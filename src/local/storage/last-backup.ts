import { join } from "node:path";
import { writePrivateFile } from "../../files/private-file.ts";

/** Remembers when a backup was last written to a file of the person's choice. Only `doctor` asks, so a full disk does no
 *  harm. */
export function rememberBackup(stateDir: string, nowMs: number): void {
  try {
    writePrivateFile(fileOf(stateDir), `${new Date(nowMs).toISOString()}\n`);
  } catch {
    // the next backup remembers it
  }
}

function fileOf(stateDir: string): string {
  return join(stateDir, "last-backup");
}
