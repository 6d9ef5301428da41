import { spawn } from "node:child_process";
import { accessSync, constants, existsSync, statSync } from "node:fs";
import { join } from "node:path";
import { withoutSecrets } from "../domain/secret-variables.ts";
import { SECOND_MS } from "../domain/time/durations.ts";
import { toMoodsyncError } from "../files/system-error.ts";
import { requireTrustedPath } from "../files/trusted-path.ts";

/** When a program of the person's own is run: after an entry was logged, after a sync, and with a reminder. */
export const HOOK_NAMES = ["on-log", "on-sync", "on-remind"] as const;
export type HookName = (typeof HOOK_NAMES)[number];

/** How long a hook may take. */
const HOOK_TIMEOUT_MS = 5 * SECOND_MS;

/** What became of a hook: there is none, it ended well, or why it did not, in words. */
export type HookOutcome = { status: "none" | "ok" } | { status: "failed"; reason: string };

/** Whether there is a file of that name among the settings. */
export function hasHook(configDir: string, name: HookName): boolean {
  return existsSync(join(configDir, name));
}

/** Runs a hook with a JSON value on its standard input, and ends it after 5 seconds. What it prints goes nowhere, and how it
 *  ends changes nothing. One that others own or may write is not run. Never throws. */
export async function runHook(
  { configDir, env }: { configDir: string; env: Record<string, string | undefined> },
  name: HookName,
  value: object,
): Promise<HookOutcome> {
  const path = join(configDir, name);
  if (!hasHook(configDir, name)) return { status: "none" };
  try {
    requireTrustedPath(path);
    if (!statSync(path).isFile()) return { status: "failed", reason: "is not a file" };
    accessSync(path, constants.X_OK);
  } catch (error) {
    const { code } = error as NodeJS.ErrnoException;
    if (code === "EACCES") return { status: "failed", reason: "is not executable; `chmod u+x` makes it so" };
    return { status: "failed", reason: `was not run: ${toMoodsyncError(error, path).message}` };
  }
  return await run(path, { env, text: `${JSON.stringify({ hook: name, version: 1, ...value })}\n` });
}

function run(
  path: string,
  { env, text }: { env: Record<string, string | undefined>; text: string },
): Promise<HookOutcome> {
  return new Promise((resolve) => {
    // A group of its own, so that what it started ends with it.
    const child = spawn(path, [], {
      env: withoutSecrets(env),
      stdio: ["pipe", "ignore", "ignore"],
      detached: true,
    });
    const timer = setTimeout(() => {
      endGroup(child.pid);
      resolve({ status: "failed", reason: "took longer than 5 seconds and was ended" });
    }, HOOK_TIMEOUT_MS);
    const end = (outcome: HookOutcome) => {
      clearTimeout(timer);
      resolve(outcome);
    };
    child.once("error", () => end({ status: "failed", reason: "could not be started" }));
    child.once("exit", (code, signal) =>
      end(code === 0 ? { status: "ok" } : { status: "failed", reason: `ended with ${code ?? signal}` }),
    );
    child.stdin.on("error", () => {}); // it need not read
    child.stdin.end(text);
  });
}

function endGroup(pid: number | undefined): void {
  try {
    if (pid !== undefined) process.kill(-pid, "SIGKILL");
  } catch {} // it has just ended
}
