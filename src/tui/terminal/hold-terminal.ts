import type { Terminal } from "./run-app.tsx";
import type { Screen } from "./screen.ts";

/** Takes the terminal for a screen, with every key as it comes; the function that it returns gives the terminal back. */
export function holdTerminal({ input, onSignal }: Terminal, screen: Screen): () => void {
  let isHeld = true;
  // The shell that it was stopped from has set the terminal as it wants it, and drawn on it.
  onSignal("SIGCONT", () => {
    if (!isHeld) return;
    input.setRawMode(false);
    input.setRawMode(true);
    screen.redraw();
  });
  input.setRawMode(true);
  screen.enter();
  return () => {
    isHeld = false;
    screen.leave();
    input.setRawMode(false);
  };
}
