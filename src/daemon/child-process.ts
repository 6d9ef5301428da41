import { type ChildProcess, spawn } from "node:child_process";
import { withoutSecrets } from "../domain/secret-variables.ts";

/** How a child ended. */
export interface ChildResult {
  /** Null where it was ended, or could not be started. */
  code: number | null;
  stdout: string;
  /** Where it could not be started: the system's code, like ENOENT. */
  startError: string | null;
}

/** Runs one program at a time and can end it. Only one that `needsKey` is given what is secret in the environment. */
export interface ChildRunner {
  run(command: readonly string[], options: { timeoutMs: number; needsKey?: boolean }): Promise<ChildResult>;
  /** Asks the running child to end, and ends it when it does not. */
  end(): void;
}

/** Time between asking a child to end and ending it. */
const GRACE_MS = 2_000;
const PIPE_GRACE_MS = 500;
const MAX_OUTPUT = 256 * 1024;

/** Children run in `/`, so that no directory is kept busy, and without a terminal. */
export function createChildRunner(env: NodeJS.ProcessEnv): ChildRunner {
  let running: ChildProcess | null = null;

  function end(): void {
    const child = running;
    if (!child) return;
    child.kill("SIGTERM");
    // A stopped process takes no other signal than this one.
    const timer = setTimeout(() => child.kill("SIGKILL"), GRACE_MS);
    child.once("exit", () => clearTimeout(timer));
  }

  return {
    end,
    run([program = "", ...args], { timeoutMs, needsKey = false }) {
      return new Promise((resolve) => {
        const child = spawn(program, args, {
          env: needsKey ? env : withoutSecrets(env),
          cwd: "/",
          stdio: ["ignore", "pipe", "ignore"],
        });
        running = child;
        let stdout = "";
        const timer = setTimeout(end, timeoutMs);
        let isFinished = false;
        const finish = (result: ChildResult) => {
          if (isFinished) return;
          isFinished = true;
          clearTimeout(timer);
          running = null;
          resolve(result);
        };
        child.stdout.setEncoding("utf8").on("data", (text: string) => {
          if (stdout.length < MAX_OUTPUT) stdout += text;
        });
        child.on("error", (error: NodeJS.ErrnoException) =>
          finish({ code: null, stdout: "", startError: error.code ?? "failure" }),
        );
        child.on("close", (code) => finish({ code, stdout, startError: null }));
        // A grandchild that holds the pipe open is not waited for.
        child.on("exit", (code) =>
          setTimeout(() => finish({ code, stdout, startError: null }), PIPE_GRACE_MS),
        );
      });
    },
  };
}
