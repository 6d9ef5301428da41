import { EventEmitter } from "node:events";
import { PassThrough } from "node:stream";
import { setTimeout as sleep } from "node:timers/promises";
import type { TerminalStyle } from "../../../src/output/terminal-style.ts";
import type { Terminal } from "../../../src/tui/terminal/run-app.tsx";
import type { TerminalOutput } from "../../../src/tui/terminal/screen.ts";
import { styleWith } from "../golden/styles.ts";
import { createTerminalScreen, type TerminalScreen } from "./terminal-screen.ts";

/** A terminal in this process, with somebody who types and looks. */
export interface TestTerminal extends Terminal {
  screen: TerminalScreen;
  /** All that was sent to it. */
  sent(): string;
  isRaw(): boolean;
  /** Sends the signal to the app. */
  signal(name: Parameters<Terminal["onSignal"]>[0]): void;
  /** Types, as a terminal sends it: KEYS below, or text. Each argument comes in a piece of its own. */
  type(...pieces: string[]): Promise<void>;
  paste(text: string): Promise<void>;
  /** Clicks at the first place where the screen shows the text. */
  click(text: string): Promise<void>;
  resize(columns: number, rows: number): void;
  /** The screen, as soon as it shows the pattern, or the text however it is broken into lines; fails with the screen
   *  when it does not within 15 s. */
  waitFor(pattern: RegExp | string): Promise<string>;
  /** The line with this text. */
  line(text: string): string;
}

export const KEYS = {
  enter: "\r",
  escape: "\u001b",
  up: "\u001b[A",
  down: "\u001b[B",
  right: "\u001b[C",
  left: "\u001b[D",
  end: "\u001b[F",
  home: "\u001b[H",
  tab: "\t",
  backTab: "\u001b[Z",
  wheelDown: "\u001b[<65;1;1M",
  backspace: "\u007f",
  clearLine: "\u0015",
  interrupt: "\u0003",
};

/** `style`: what it can show; without it, everything but colours. */
export function openTestTerminal({
  columns = 80,
  rows = 24,
  style = styleWith({ depth: "none" }),
}: {
  columns?: number;
  rows?: number;
  style?: TerminalStyle;
} = {}): TestTerminal {
  const screen = createTerminalScreen(columns, rows);
  let isRaw = false;
  let sent = "";
  const input = Object.assign(new PassThrough(), {
    isTTY: true,
    setRawMode: (raw: boolean) => {
      isRaw = raw;
    },
    ref: () => {},
    unref: () => {},
  });
  const signals = new EventEmitter();
  const output = Object.assign(new EventEmitter(), {
    columns,
    rows,
    write: (text: string) => {
      sent += text;
      screen.write(text);
    },
  });

  async function type(...pieces: string[]): Promise<void> {
    for (const piece of pieces) {
      input.write(piece);
      // After an Escape longer than the keyboard waits for the rest of a sequence.
      await sleep(piece.endsWith(KEYS.escape) ? 60 : 20);
    }
  }

  return {
    input: input as unknown as NodeJS.ReadStream,
    output: output as unknown as TerminalOutput,
    style: () => style,
    hasMouse: () => true,
    onSignal: (signal, callback) => signals.on(signal, callback),
    onUncaught: () => {},
    signal: (name) => void signals.emit(name),
    screen,
    sent: () => sent,
    isRaw: () => isRaw,
    type,
    paste: (text) => type(`\u001b[200~${text}\u001b[201~`),
    click(text) {
      const lines = screen.text().split("\n");
      const row = lines.findIndex((line) => line.includes(text));
      if (row < 0) throw new Error(`nowhere is ${text}:\n${screen.text()}`);
      return type(`\u001b[<0;${lines[row]!.indexOf(text) + 1};${row + 1}M`);
    },
    resize(newColumns, newRows) {
      Object.assign(output, { columns: newColumns, rows: newRows });
      screen.resize(newColumns, newRows);
      output.emit("resize");
    },
    async waitFor(pattern) {
      const isThere = () =>
        typeof pattern === "string"
          ? screen.text().replace(/\s+/g, " ").includes(pattern.trim())
          : pattern.test(screen.text());
      for (let waitedMs = 0; waitedMs < 15_000 && !isThere(); waitedMs += 10) await sleep(10);
      if (!isThere()) throw new Error(`${pattern} did not appear:\n${screen.text()}`);
      return screen.text();
    },
    line(text) {
      const line = screen
        .text()
        .split("\n")
        .find((one) => one.includes(text));
      if (line === undefined) throw new Error(`no line has ${text}:\n${screen.text()}`);
      return line;
    },
  };
}
