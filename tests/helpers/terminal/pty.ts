import { spawn } from "node:child_process";
import { once } from "node:events";
import { readFileSync } from "node:fs";
import { setTimeout as sleep } from "node:timers/promises";
import { fileURLToPath } from "node:url";
import { moodsyncBin } from "../program/moodsync.ts";
import { createTerminalScreen, type TerminalScreen } from "./terminal-screen.ts";

const PTY = fileURLToPath(new URL("pty.py", import.meta.url));

/** The installed program on a real terminal, with somebody who types and looks. */
export interface ProgramOnTerminal {
  screen: TerminalScreen;
  type(text: string): void;
  paste(text: string): void;
  resize(columns: number, rows: number): void;
  signal(name: "TERM" | "HUP" | "INT" | "STOP" | "CONT" | "KILL" | "USR2"): void;
  /** Closes the terminal, as closing its window does. */
  hangUp(): void;
  /** The screen, as soon as it shows the text, however it is broken into lines; fails when it does not within 20 s. */
  waitFor(text: string): Promise<string>;
  /** The number of its process. Linux only. */
  pid(): number;
  /** How it ended, and how it left the terminal. */
  ended: Promise<TerminalEnding>;
  kill(): void;
}

export interface TerminalEnding {
  code: number | null;
  signal: string | null;
  /** Null where the terminal was closed. */
  isLineMode: boolean | null;
  isEcho: boolean | null;
  isCoreDumped: boolean;
}

/** Starts `moodsync <args>`. Needs Python 3, which has terminals without a compiled package. */
export function startOnTerminal(
  args: readonly string[],
  options: { home: string; columns: number; rows: number; env?: Record<string, string>; bin?: string },
): ProgramOnTerminal {
  const { home, columns, rows, env, bin = moodsyncBin() } = options;
  const command = [process.execPath, bin, ...args];
  const child = spawn("python3", [PTY, String(columns), String(rows), ...command], {
    cwd: home,
    env: {
      PATH: process.env.PATH,
      HOME: home,
      MOODSYNC_HOME: home,
      MOODSYNC_KEY_PLACE: "file",
      TZ: "UTC",
      TERM: "xterm",
      LANG: "C.UTF-8",
      ...env,
    },
  });
  const screen = createTerminalScreen(columns, rows);
  child.stdout.setEncoding("utf8").on("data", (text: string) => screen.write(text));
  let report = "";
  child.stderr.setEncoding("utf8").on("data", (text: string) => {
    report += text;
  });
  const ended = once(child, "close").then(() => JSON.parse(report));
  const order = (what: object) => void child.stdin.write(`${JSON.stringify(what)}\n`);
  const shows = (text: string) => screen.text().replace(/\s+/g, " ").includes(text);
  return {
    screen,
    ended,
    type: (text) => order({ type: text }),
    paste: (text) => order({ type: `\u001b[200~${text}\u001b[201~` }),
    signal: (name) => order({ signal: name }),
    hangUp: () => order({ hangUp: true }),
    resize(newColumns, newRows) {
      screen.resize(newColumns, newRows);
      order({ resize: [newColumns, newRows] });
    },
    async waitFor(text) {
      for (let waitedMs = 0; waitedMs < 20_000 && !shows(text); waitedMs += 20) await sleep(20);
      if (!shows(text)) throw new Error(`"${text}" did not appear:\n${screen.text()}`);
      return screen.text();
    },
    pid: () => Number(readFileSync(`/proc/${child.pid}/task/${child.pid}/children`, "utf8")),
    kill: () => child.stdin.end(),
  };
}
