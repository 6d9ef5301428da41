import { render } from "ink";
import type { ReactNode } from "react";
import { useLayoutEffect } from "react";
import { Keyboard } from "../keyboard/keyboard.tsx";
import { createScreen, type Screen, type TerminalOutput } from "./screen.ts";

/** A terminal with a keyboard. */
export interface Terminal {
  input: NodeJS.ReadStream;
  output: TerminalOutput;
  /** Whether colours are wanted. Without them bold, dim and inverse remain, and colour is never the only sign. */
  colour: boolean;
}

/** How the user left: with a key of the app, or with Ctrl-C. */
export type Ending = "quit" | "interrupted";

/** Shows an app on the terminal's other screen until it ends; the terminal is then as it was before, whether it ended
 *  by a key, by a signal or by an error. Throws the error that ended it. */
export async function runApp(app: ReactNode, { input, output, colour }: Terminal): Promise<Ending> {
  const screen = createScreen(output, { colour });
  // Ink would do this after the first frame, and what is typed until then would be echoed into it.
  input.setRawMode(true);
  screen.enter();
  try {
    const ink = render(
      <OnScreen screen={screen}>
        <Keyboard>{app}</Keyboard>
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
    const onHangUp = () => ink.unmount();
    input.once("end", onHangUp);
    const ending = await ink.waitUntilExit();
    input.off("end", onHangUp);
    return ending === "interrupted" ? "interrupted" : "quit";
  } finally {
    screen.leave();
    input.setRawMode(false);
  }
}

/** Leaves the screen when ink takes the app down, which it does on signals, too, before the process ends. */
function OnScreen({ screen, children }: { screen: Screen; children: ReactNode }) {
  useLayoutEffect(() => () => screen.leave(), [screen]);
  return children;
}
