import { readdirSync, readFileSync, rmSync } from "node:fs";
import { join } from "node:path";
import { HOUR_MS } from "../domain/time/durations.ts";

/** How long the answers of a questionnaire that was left wait for whoever began it, in ms since the last of them. */
export const ANSWERS_WAIT_MS = 24 * HOUR_MS;

export function waitingAnswersFile(stateDir: string, instrumentId: string): string {
  return join(stateDir, `questionnaire-${instrumentId}.json`);
}

const FILE = /^questionnaire-[a-z0-9]+\.json$/;

/** Whether answers have waited too long. A clock that was set back must not keep them for longer. */
export function haveExpired(savedAtMs: number, nowMs: number): boolean {
  return Math.abs(nowMs - savedAtMs) >= ANSWERS_WAIT_MS;
}

/** Removes the answers that have waited too long, of all instruments, and what was not written as such. What cannot be
 *  removed stays for the next time. */
export function forgetExpiredAnswers(stateDir: string, nowMs: number): void {
  for (const name of namesIn(stateDir)) {
    if (!FILE.test(name)) continue;
    const file = join(stateDir, name);
    const savedAtMs = savedAtOf(file);
    if (savedAtMs !== null && !haveExpired(savedAtMs, nowMs)) continue;
    try {
      rmSync(file, { force: true });
    } catch {}
  }
}

function savedAtOf(file: string): number | null {
  try {
    const { saved_at_ms } = JSON.parse(readFileSync(file, "utf8"));
    return Number.isSafeInteger(saved_at_ms) ? saved_at_ms : null;
  } catch {
    return null;
  }
}

function namesIn(directory: string): string[] {
  try {
    return readdirSync(directory);
  } catch {
    return [];
  }
}
