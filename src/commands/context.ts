import type { Readable, Writable } from "node:stream";
import type Database from "better-sqlite3";
import { databaseFile, type Home, locateHome } from "../local/home.ts";

/** What a command may use of the world. */
export interface Context {
  env: Record<string, string | undefined>;
  home: Home;
  /** Made when a command first asks for it, because that takes 2 ms. */
  readonly stdin: Readable & { isTTY?: boolean };
  stdout: Writable & { isTTY?: boolean; columns?: number };
  stderr: Writable & { isTTY?: boolean; columns?: number };
  /** Milliseconds since 1970 by this device's clock. */
  nowMs(): number;
  /** This device's database, opened when a command first asks for it. */
  database(): Promise<Database.Database>;
  /** Settles when the process is asked to end; from the first call on, the signal no longer ends it by itself. */
  untilStopped(): Promise<void>;
  /** Calls back at every such signal, which no longer ends the process by itself. */
  onSignal(signal: "SIGINT" | "SIGTERM" | "SIGHUP", callback: () => void): void;
  /** What starts this program again, with a command's words after it. */
  readonly program: readonly string[];
  /** Ends the command with another exit code than 0 although it did not throw. */
  exitWith(code: number): void;
}

export interface RunningContext extends Context {
  readonly exitCode: number;
  /** The path of the database, once a command has asked for it. */
  readonly openedFile: string | undefined;
  close(): void;
}

/** What a context is made of: the process's streams and environment, and the clock. */
export type World = Pick<
  Context,
  "env" | "stdout" | "stderr" | "nowMs" | "untilStopped" | "onSignal" | "program"
> & {
  stdin: () => Context["stdin"];
};

/** The context of one command. `close` it when the command has ended. */
export function createContext(given: World): RunningContext {
  let opened: Database.Database | undefined;
  let exitCode = 0;
  return {
    ...given,
    get stdin() {
      return given.stdin();
    },
    /** Located when it is asked for, because a user without a home directory can still read `help-now`. */
    get home() {
      return locateHome(given.env);
    },
    async database() {
      if (!opened) {
        const { openDatabase } = await import("../local/database.ts");
        opened = openDatabase(databaseFile(locateHome(given.env)));
      }
      return opened;
    },
    exitWith(code) {
      exitCode = code;
    },
    get exitCode() {
      return exitCode;
    },
    get openedFile() {
      return opened?.name;
    },
    close() {
      opened?.close();
    },
  };
}
