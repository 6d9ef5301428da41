import { MoodsyncError } from "../domain/moodsync-error.ts";
import { displayWidth } from "../output/display-width.ts";
import { singleLine } from "../output/terminal-text.ts";
import { wrapWords } from "../output/wrap-words.ts";
import type { Key } from "../tui/keyboard/key.ts";
import { listenToKeys } from "../tui/keyboard/listen-to-keys.ts";
import type { Context } from "./context.ts";
import { untilTerminalGoes } from "./terminal-gone.ts";

/** Asks for short lines on the terminal, one after the other, and repaints nothing: what a screen reader reads is a
 *  stream. Only keys that were pressed make a line, and no answer of the terminal to another program; what is pasted does
 *  where a question takes it, as one line. */
export interface LineReader {
  /** The line that was typed, trimmed. Throws `interrupted` for Ctrl-C, for Ctrl-D, when the input ends, when a signal
   *  asks the process to end, and when its terminal has gone. */
  ask(question: string, options?: AskOptions): Promise<string>;
  /** Forgets what was typed ahead: it was no answer to what is said now. */
  forgetTyped(): void;
  close(): void;
}

interface AskOptions {
  /** Longest line, in characters; 40 when not said. */
  longest?: number;
  takesPastes?: boolean;
  /** What stands there already, to be gone on with. */
  initial?: string;
  /** Called with the line after each key that changes it. */
  onChange?(line: string): void;
}

type Terminal = Context["stdin"] & { setRawMode?(isRaw: boolean): void };

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
  function takeLine(
    line: string[],
    { longest = MAX_CHARACTERS, takesPastes = false, onChange = () => {} }: AskOptions,
  ): string | null | undefined {
    for (let key = typed.shift(); key; key = typed.shift()) {
      if (key.name === "enter") return line.join("").trim();
      if (key.name === "control" && (key.letter === "c" || key.letter === "d")) return null;
      if (key.name === "backspace") {
        erase(line);
        onChange(line.join(""));
      } else if (key.name === "text" && (takesPastes || !key.isPasted)) {
        const added = [...singleLine(key.text)].slice(0, Math.max(0, longest - line.length));
        line.push(...added);
        stderr.write(added.join(""));
        onChange(line.join(""));
      }
    }
    return hasEnded ? null : undefined;
  }

  function erase(line: string[]): void {
    const width = displayWidth(line.pop() ?? "");
    stderr.stream.write("\b \b".repeat(width));
  }

  return {
    async ask(question, options = {}) {
      const characters = [...singleLine(options.initial ?? "")];
      stderr.write(`${broken(question, stderr.columns)}${characters.join("")}`);
      const whole = new Promise<string | null>((resolve) => {
        onKeys = () => {
          const taken = takeLine(characters, options);
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

/** A question that is broken between its words. */
function broken(question: string, columns: number | undefined): string {
  return columns ? `${wrapWords(question.trimEnd(), columns - 1).join("\n")} ` : question;
}
