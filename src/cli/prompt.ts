import { MoodsyncError } from "../domain/moodsync-error.ts";
import { editText, lineOf, textOf } from "../tui/components/edit-text.ts";
import { listenToKeys } from "../tui/keyboard/listen-to-keys.ts";
import type { Context } from "./context.ts";
import { untilTerminalGoes } from "./terminal-gone.ts";

type Terminal = Context["stdin"] & { setRawMode?(isRaw: boolean): void };

const NOTHING_ENTERED = "Nothing was entered.";

/** Asks for a secret on the terminal; what is typed or pasted is not shown. Throws `interrupted` on Ctrl+C and when
 *  the input ends without a line. */
export async function promptHidden(context: Context, question: string): Promise<string> {
  const { stderr } = context;
  const stdin: Terminal = context.stdin;
  const gone = untilTerminalGoes(context, NOTHING_ENTERED);
  stdin.setRawMode?.(true);
  let isOpen = true;
  // The shell that it was stopped from has switched the echo on.
  context.onSignal("SIGCONT", () => {
    if (!isOpen) return;
    stdin.setRawMode?.(false);
    stdin.setRawMode?.(true);
  });
  stderr.write(question);
  try {
    const typed = await Promise.race([readHiddenLine(stdin), gone]);
    if (typed === null) throw new MoodsyncError("interrupted", NOTHING_ENTERED);
    return typed;
  } finally {
    isOpen = false;
    stdin.setRawMode?.(false);
    stderr.write("\n");
  }
}

/** The line as it stands at Enter; null for Ctrl+C and Ctrl+D. */
function readHiddenLine(stdin: Terminal): Promise<string | null> {
  return new Promise((resolve) => {
    let line = lineOf("");
    const stop = listenToKeys(stdin, (keys) => {
      for (const key of keys) {
        const isLeft = key.name === "control" && (key.letter === "c" || key.letter === "d");
        if (isLeft || key.name === "enter") {
          stop();
          return resolve(isLeft ? null : textOf(line));
        }
        line = editText(line, key);
      }
    });
  });
}
