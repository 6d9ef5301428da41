import { afterEach, beforeEach } from "vitest";
import { type ProgramOnTerminal, startOnTerminal } from "./pty.ts";

/** Opens programs on terminals of their own; what still runs at the end of a test is killed. Called behind the
 *  `afterEach` that removes the home: the hook of the last call runs first. */
export function terminalsOfTest(): (...given: Parameters<typeof startOnTerminal>) => ProgramOnTerminal {
  let opened: ProgramOnTerminal[] = [];
  beforeEach(() => {
    opened = [];
  });
  afterEach(async () => {
    for (const program of opened) program.kill();
    await Promise.allSettled(opened.map(({ ended }) => ended));
  });
  return (...given) => {
    const program = startOnTerminal(...given);
    opened.push(program);
    return program;
  };
}
