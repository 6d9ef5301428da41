import { EXIT_CODE } from "../domain/exit-code.ts";
import { MoodsyncError } from "../domain/moodsync-error.ts";
import type { Ending, Terminal } from "../tui/terminal/run-app.tsx";
import type { Context } from "./context.ts";
import { styleOf } from "./style.ts";

/** The terminal for a screen. Throws `usage` where there is none; `instead` names the commands that do the same. */
export function terminalOf(context: Context, instead: string): Terminal {
  const { stdin, stdout, env } = context;
  if (!stdin.isTTY || !stdout.isTTY) throw new MoodsyncError("usage", `This needs a terminal; ${instead}`);
  if (env.TERM === "dumb") throw new MoodsyncError("usage", `This terminal cannot show a screen; ${instead}`);
  return {
    input: stdin as NodeJS.ReadStream,
    output: stdout.stream as NodeJS.WriteStream,
    onSignal: context.onSignal,
    colour: styleOf(context).depth !== "none",
  };
}

/** Ends the command as its screen was left. */
export function endAs(context: Context, ending: Ending): void {
  if (ending === "interrupted") context.exitWith(EXIT_CODE.interrupted);
  else if (ending !== "quit") context.endBySignal(ending);
}
