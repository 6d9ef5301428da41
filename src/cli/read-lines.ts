import { MoodsyncError } from "../domain/moodsync-error.ts";
import { displayWidth } from "../output/display-width.ts";
import type { Key } from "../tui/keyboard/key.ts";
import { listenToKeys } from "../tui/keyboard/listen-to-keys.ts";
import type { Context } from "./context.ts";
import { untilTerminalGoes } from "./terminal-gone.ts";

/** Asks for short lines on the terminal, one after the other, and repaints nothing: what a screen reader reads is a
 *  stream. Only keys that were pressed make a line: nothing pasted, and no answer of the terminal to another program. */
export interface LineReader {
  /** The line that was typed, trimmed. Throws `interrupted` for Ctrl-C, for Ctrl-D, when the input ends, when a signal
   *  asks the process to end, and when its terminal has gone. */
  ask(question: string): Promise<string>;
  /** Forgets what was typed ahead: it was no answer to what is said now. */
  forgetTyped(): void;
  close(): void;
}

type Terminal = Context["stdin"] & { setRawMode?(isRaw: boolean): void };

/** Longest line, in characters. */
const MAX_CHARACTERS = 40;
const LEFT = "Nothing was stored.";
/** Lets the terminal say what is pasted. */
const MARK_PASTES = "\u001b[?2004h";
const LEAVE_PASTES = "\u001b[?2004l";

export function openLineReader(context: Context): LineReader {
  const { stderr } = context;
  const stdin: Terminal = context.stdin;
  const typed: Key[] = [];
  let isOpen = true;
  let hasEnded = false;
  let onKeys = () => {};
  const gone = untilTerminalGoes(context, LEFT).then(() => {
    hasEnded = true;
    onKeys();
  });
  gone.catch(() => {}); // awaited with each question
  const knowsPastes = context.env.TERM !== "dumb";
  function takeTerminal(): void {
    stdin.setRawMode?.(true);
    if (knowsPastes) stderr.stream.write(MARK_PASTES);
  }
  takeTerminal();
  // The shell that it was stopped from has set the terminal as it wants it.
  context.onSignal("SIGCONT", () => {
    if (!isOpen) return;
    stdin.setRawMode?.(false);
    takeTerminal();
  });
  const stop = listenToKeys(stdin, (keys) => {
    typed.push(...keys);
    onKeys();
  });

  /** Takes keys until a line is whole; undefined: it is not yet. */
  function takeLine(line: string[]): string | null | undefined {
    for (let key = typed.shift(); key; key = typed.shift()) {
      if (key.name === "enter") return line.join("").trim();
      if (key.name === "control" && (key.letter === "c" || key.letter === "d")) return null;
      if (key.name === "backspace") erase(line);
      else if (key.name === "text" && !key.isPasted && line.length < MAX_CHARACTERS) {
        line.push(key.text);
        stderr.write(key.text);
      }
    }
    return hasEnded ? null : undefined;
  }

  function erase(line: string[]): void {
    const width = displayWidth(line.pop() ?? "");
    stderr.stream.write("\b \b".repeat(width));
  }

  return {
    async ask(question) {
      stderr.write(question);
      const characters: string[] = [];
      const whole = new Promise<string | null>((resolve) => {
        onKeys = () => {
          const taken = takeLine(characters);
          if (taken === undefined) return;
          onKeys = () => {}; // what comes next belongs to the next question
          resolve(taken);
        };
        onKeys();
      });
      try {
        const line = await Promise.race([whole, gone.then(() => whole)]);
        if (line === null) throw new MoodsyncError("interrupted", LEFT);
        return line;
      } finally {
        stderr.write("\n");
      }
    },
    forgetTyped() {
      typed.length = 0;
    },
    close() {
      isOpen = false;
      stop();
      if (knowsPastes) stderr.stream.write(LEAVE_PASTES);
      stdin.setRawMode?.(false);
    },
  };
}
