import { type ChildProcess, spawn } from "node:child_process";
import { once } from "node:events";

/** How a started program sees its world: `home` is its MOODSYNC_HOME and its HOME; `input` its standard input. */
export interface ProgramOptions {
  home: string;
  input?: string;
  env?: Record<string, string>;
  cwd?: string;
  /** Another user than that of the tests. */
  uid?: number;
  /** A program that starts Node and is given its command line, for example `["strace", "-f"]`. */
  through?: readonly string[];
}

export interface ProgramResult {
  code: number | null;
  stdout: string;
  stderr: string;
}

/** Runs `node <script> <args>` to its end, without a terminal and with nothing of this process's environment but PATH. */
export async function runProgram(
  script: string,
  args: readonly string[],
  options: ProgramOptions,
): Promise<ProgramResult> {
  const child = spawnProgram(script, args, options);
  const output = captureOutput(child);
  child.stdin?.on("error", () => {}); // EPIPE: it ended without reading its input
  child.stdin?.end(options.input ?? "");
  const [code] = (await once(child, "close")) as [number | null];
  return { code, stdout: output.stdout, stderr: output.stderr };
}

/** A program that runs until it is stopped. */
export interface RunningProgram {
  child: ChildProcess;
  /** What it has printed so far. */
  output: { stdout: string; stderr: string };
  /** The first match in its standard output; rejects when the program ends before. */
  waitFor(pattern: RegExp): Promise<RegExpExecArray>;
  /** Sends the signal and waits for the end; the exit code, or null when the signal ended it. */
  stop(signal?: NodeJS.Signals): Promise<number | null>;
}

/** Starts `node <script> <args>` and leaves it running, for example `serve`. */
export function startProgram(
  script: string,
  args: readonly string[],
  options: ProgramOptions,
): RunningProgram {
  const child = spawnProgram(script, args, options);
  child.stdin?.end();
  const output = captureOutput(child);
  const ended = once(child, "close").then(([code]) => code as number | null);
  return {
    child,
    output,
    waitFor: (pattern) =>
      new Promise((resolve, reject) => {
        const check = () => {
          const match = pattern.exec(output.stdout);
          if (match) resolve(match);
        };
        check();
        child.stdout?.on("data", check);
        void ended.then((code) =>
          reject(new Error(`ended with ${code} before it printed ${pattern}: ${output.stderr}`)),
        );
      }),
    stop: (signal = "SIGTERM") => {
      child.kill(signal);
      return ended;
    },
  };
}

function spawnProgram(script: string, args: readonly string[], options: ProgramOptions) {
  const { home, env, cwd, uid, through = [] } = options;
  const [command = "", ...rest] = [...through, process.execPath, script, ...args];
  return spawn(command, rest, {
    cwd: cwd ?? home,
    ...(uid === undefined ? {} : { uid }),
    env: {
      PATH: process.env.PATH,
      HOME: home,
      MOODSYNC_HOME: home,
      MOODSYNC_KEY_PLACE: "file", // not the keychain of whoever runs the tests
      TZ: "UTC",
      ...env,
    },
    stdio: "pipe",
  });
}

function captureOutput(child: ChildProcess) {
  const output = { stdout: "", stderr: "" };
  for (const name of ["stdout", "stderr"] as const) {
    child[name]?.setEncoding("utf8").on("data", (text: string) => {
      output[name] += text;
    });
  }
  return output;
}
