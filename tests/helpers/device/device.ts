import { PassThrough, Readable } from "node:stream";
import { runCommandLine } from "../../../src/cli/run.ts";
import { COMMANDS } from "../../../src/commands/registry.ts";
import { temporaryDirectory } from "../temporary-directory.ts";

/** 22 November 2026, 09:30 in Berlin, a Sunday. */
export const SUNDAY_MS = Date.parse("2026-11-22T09:30:00+01:00");

export interface CommandResult {
  code: number;
  stdout: string;
  stderr: string;
}

/** An installation in a directory of its own, whose commands run in this process with a clock that is set. */
export interface Device {
  home: string;
  env: Record<string, string | undefined>;
  nowMs: number;
  /** Runs `moodsync <args>`. On a `terminal` the streams are terminals and `input` is what is typed; in pieces, each when the
   *  one before it has been read and whatever the iterator waits for has happened. */
  run(
    args: readonly string[],
    options?: { input?: string | Buffer | AsyncIterable<Buffer>; terminal?: boolean },
  ): Promise<CommandResult>;
  /** The same, failing unless the command succeeds; what it prints with `--json`. */
  // biome-ignore lint/suspicious/noExplicitAny: tests look into the shapes that scripts see
  json(args: readonly string[]): Promise<any>;
}

export function createDevice(home = temporaryDirectory("device")): Device {
  process.env.TZ = "Europe/Berlin";
  const device: Device = {
    home,
    env: { MOODSYNC_HOME: home, MOODSYNC_KEY_PLACE: "file" }, // not the keychain of whoever runs the tests
    nowMs: SUNDAY_MS,
    async run(args, { input = "", terminal = false } = {}) {
      const output = { stdout: "", stderr: "" };
      const capture = (name: "stdout" | "stderr") =>
        Object.assign(
          new PassThrough().on("data", (chunk) => {
            output[name] += chunk;
          }),
          { isTTY: terminal },
        );
      const isWhole = typeof input === "string" || Buffer.isBuffer(input);
      const pieces = !isWhole ? input : input === "" ? [] : [Buffer.from(input)];
      const stdin = Object.assign(Readable.from(pieces), { isTTY: terminal });
      const code = await runCommandLine(COMMANDS, args, {
        env: device.env,
        stdin: () => stdin,
        stdout: capture("stdout"),
        stderr: capture("stderr"),
        nowMs: () => device.nowMs,
        onStop: () => {},
        onReload: () => {},
        onSignal: () => {},
        onUncaught: () => {},
        endBySignal: () => {},
        program: [process.execPath, "--version"],
      });
      await new Promise((resolve) => setImmediate(resolve)); // what was written is read
      return { code, ...output };
    },
    async json(args) {
      const { code, stdout, stderr } = await device.run([...args, "--json"]);
      if (code !== 0) throw new Error(`exit code ${code}: ${stdout}${stderr}`);
      return JSON.parse(stdout);
    },
  };
  return device;
}
