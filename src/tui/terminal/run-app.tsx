import { render } from "ink";
import type { ReactNode } from "react";
import { useLayoutEffect } from "react";
import type { TerminalStyle } from "../../output/terminal-style.ts";
import { Keyboard } from "../keyboard/keyboard.tsx";
import { holdTerminal } from "./hold-terminal.ts";
import { createScreen, type Screen, type TerminalOutput } from "./screen.ts";
import { waitForEnding } from "./wait-for-ending.ts";

/** A terminal with a keyboard. */
export interface Terminal {
  input: NodeJS.ReadStream;
  output: TerminalOutput;
  /** How it is written to, by what it can do and by the settings as they are now. */
  style(): TerminalStyle;
  /** Whether clicks and the wheel are asked for. */
  hasMouse(): boolean;
  /** Calls back at every such signal, which no longer ends the process by itself. */
  onSignal(signal: EndingSignal | "SIGCONT", callback: () => void): void;
  /** Calls back with an error that nobody has caught, which no longer ends the process by itself. */
  onUncaught(callback: (error: Error) => void): void;
}

/** What a process is asked to end with: the terminal has gone, somebody wants it, Ctrl-C pressed outside of raw mode. */
export type EndingSignal = "SIGHUP" | "SIGTERM" | "SIGINT";

/** How the user left: with a key of the app, with Ctrl-C, or by a signal, SIGHUP also where the terminal went away
 *  without one. */
export type Ending = "quit" | "interrupted" | EndingSignal;

/** Shows an app on the terminal's other screen until it ends; the terminal is then as it was before, whether it ended
 *  by a key, by a signal or by an error. Throws the error that ended it. */
export async function runApp(app: ReactNode, terminal: Terminal): Promise<Ending> {
  const { input, output } = terminal;
  const screen = createScreen(output, { hasMouse: terminal.hasMouse() });
  const ending = waitForEnding(terminal);
  // Ink would do this after the first frame, and what is typed until then would be echoed into it.
  const giveBack = holdTerminal(terminal, screen);
  try {
    const ink = render(
      <OnScreen screen={screen}>
        <Keyboard input={input} onEnd={ending.end}>
          {app}
        </Keyboard>
      </OnScreen>,
      // With `debug` ink hands over whole frames and leaves drawing to the screen.
      {
        stdin: input,
        stdout: screen.stream as unknown as NodeJS.WriteStream,
        debug: true,
        exitOnCtrlC: false,
        patchConsole: false,
      },
    );
    ink.waitUntilExit().then(() => ending.end("quit"), ending.end);
    try {
      return await ending.ended;
    } finally {
      ink.unmount();
    }
  } finally {
    giveBack();
  }
}

/** Leaves the screen when ink takes the app down, which it does on signals, too, before the process ends. */
function OnScreen({ screen, children }: { screen: Screen; children: ReactNode }) {
  useLayoutEffect(() => () => screen.leave(), [screen]);
  return children;
}
