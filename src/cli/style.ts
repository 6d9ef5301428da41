import type { Output } from "../output/output.ts";
import { type Line, type TerminalStyle, terminalStyle } from "../output/terminal-style.ts";
import type { Context } from "./context.ts";
import { settingsOf } from "./preferences.ts";

/** How a command's output looks: by its stream, the environment, the settings, `--no-color` and `--plain`. */
export function styleOf(context: Context, stream: Output = context.stdout): TerminalStyle {
  const { env, styleOptions } = context;
  return terminalStyle({ stream, env, settings: settingsOf(context), ...styleOptions });
}

/** Columns that a line may have: those of the terminal; where there is none, and in plain words, as many as it takes. */
export function columnsOf({ stdout }: Context, { isPlain }: TerminalStyle): number {
  return isPlain || !stdout.columns ? Number.POSITIVE_INFINITY : stdout.columns;
}

/** Prints what a function of src/output makes of its data. */
export function printLines(
  context: Context,
  make: (columns: number, style: TerminalStyle) => readonly Line[],
): void {
  const style = styleOf(context);
  context.stdout.writeLines(make(columnsOf(context, style), style));
}
