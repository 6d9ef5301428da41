import { readFileSync } from "node:fs";
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

/** When that was, in ms since 1970; null where there was none. */
export function lastBackupMs(stateDir: string): number | null {
  try {
    const ms = Date.parse(readFileSync(fileOf(stateDir), "utf8").trim());
    return Number.isNaN(ms) ? null : ms;
  } catch {
    return null;
  }
}

function fileOf(stateDir: string): string {
  return join(stateDir, "last-backup");
}
