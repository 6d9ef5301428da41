import type { Ending, Terminal } from "./run-app.tsx";

/** Waits for the first thing that ends an app: the app itself, an error, a signal, or a terminal that has gone. That
 *  shows as an end or an error of the input, an error of `setRawMode` included, with a signal or without one. */
export function waitForEnding({
  input,
  onSignal,
  onUncaught,
}: Pick<Terminal, "input" | "onSignal" | "onUncaught">): {
  ended: Promise<Ending>;
  end(ending: Ending | Error): void;
} {
  let end: (ending: Ending | Error) => void = () => {};
  const ended = new Promise<Ending>((resolve, reject) => {
    end = (ending) => (ending instanceof Error ? reject(ending) : resolve(ending));
  });
  for (const event of ["end", "close", "error"]) input.on(event, () => end("SIGHUP"));
  for (const signal of ["SIGHUP", "SIGTERM", "SIGINT"] as const) onSignal(signal, () => end(signal));
  onUncaught(end);
  return { ended, end };
}
