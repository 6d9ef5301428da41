import type { Readable } from "node:stream";
import type Database from "better-sqlite3";
import type { ExitCode } from "../domain/exit-code.ts";
import { databaseFile, type Home, locateHome, requireTrustedHome } from "../local/storage/home.ts";
import { createOutput, type Output } from "../output/output.ts";

/** What a command may use: its process, its home and its database. */
export interface Context {
  env: Record<string, string | undefined>;
  home: Home;
  /** Made when a command first asks for it, because that takes 2 ms. */
  readonly stdin: Readable & { isTTY?: boolean };
  readonly stdout: Output;
  readonly stderr: Output;
  /** How the output is styled, by the options that every command has. */
  readonly styleOptions: { plain: boolean; noColor: boolean };
  /** Milliseconds since 1970 by this device's clock. */
  nowMs(): number;
  /** This device's database, opened when a command first asks for it. */
  database(): Promise<Database.Database>;
  /** The same for a command that only reads: where there is no database yet it is empty, and none is made. */
  databaseToRead(): Promise<Database.Database>;
  /** For a command that runs until it is ended: calls back when it is asked to, which no longer ends it by itself. */
  onStop(callback: (signal: StopSignal) => void): void;
  /** Calls back when such a command is asked to read its files anew. */
  onReload(callback: () => void): void;
  /** For a command that waits for a person: calls back at every such signal, which no longer ends it by itself. */
  onSignal(signal: StopSignal | "SIGCONT", callback: () => void): void;
  /** For a command that has the terminal: calls back with what nobody has caught, in place of Node, which prints it. */
  onUncaught(callback: (error: Error) => void): void;
  /** Ends the process by the signal once the command has ended, so that whoever waits for it sees why. */
  endBySignal(signal: StopSignal): void;
  /** What starts this program again, with a command's words after it. */
  readonly program: readonly string[];
  /** Ends the command with another exit code than 0 although it did not throw. */
  exitWith(code: ExitCode): void;
  /** Says that something was done that stays, so that not to be able to print the answer is no plain failure. `then` is
   *  what to do about it; without it, not to run the command again. */
  changed(then?: string): void;
}

/** What asks a command to end that runs until then. SIGHUP: its terminal has gone. */
export type StopSignal = "SIGINT" | "SIGTERM" | "SIGHUP";

export interface RunningContext extends Context {
  readonly exitCode: number;
  /** The path of the database, once a command has asked for it. */
  readonly openedFile: string | undefined;
  /** Whether it is one that runs until it is ended. */
  readonly isLongRunning: boolean;
  /** The hint that `changed` was given; null: nothing was changed. */
  readonly change: { then: string } | null;
  close(): void;
}

/** The process that a command runs in: its streams and environment, its signals and the clock. */
export type HostProcess = Pick<
  Context,
  "env" | "nowMs" | "onStop" | "onReload" | "onSignal" | "onUncaught" | "endBySignal" | "program"
> & {
  stdin: () => Context["stdin"];
  stdout: Output["stream"];
  stderr: Output["stream"];
};

/** The context of one command. `close` it when the command has ended. */
export function createContext(given: HostProcess): RunningContext {
  let located: Home | undefined;
  let opened: Database.Database | undefined;
  let exitCode = 0;
  let isLongRunning = false;
  let change: RunningContext["change"] = null;
  function home(): Home {
    if (!located) {
      const found = locateHome(given.env);
      requireTrustedHome(found);
      located = found;
    }
    return located;
  }
  return {
    ...given,
    stdout: createOutput(given.stdout),
    stderr: createOutput(given.stderr),
    styleOptions: { plain: false, noColor: false },
    get stdin() {
      return given.stdin();
    },
    /** Located and checked when it is asked for, because a user without a home directory can still read `help-now`. */
    get home() {
      return home();
    },
    async database() {
      // One in memory was opened to read, where there was none.
      if (!opened || opened.memory) {
        const { openDatabase } = await import("../local/storage/database.ts");
        opened?.close();
        opened = openDatabase(databaseFile(home()));
      }
      return opened;
    },
    async databaseToRead() {
      if (!opened) {
        const { openDatabaseToRead } = await import("../local/storage/database.ts");
        opened = openDatabaseToRead(databaseFile(home()));
      }
      return opened;
    },
    onStop(callback) {
      isLongRunning = true;
      given.onStop(callback);
    },
    exitWith(code) {
      exitCode = code;
    },
    changed(then = "Running it again would do it a second time; check what is there instead.") {
      change ??= { then };
    },
    get exitCode() {
      return exitCode;
    },
    get openedFile() {
      return opened?.name;
    },
    get isLongRunning() {
      return isLongRunning;
    },
    get change() {
      return change;
    },
    close() {
      opened?.close();
    },
  };
}
