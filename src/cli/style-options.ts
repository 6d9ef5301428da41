import type { AnyCommand } from "./command.ts";
import type { Context } from "./context.ts";

/** The options of every command that say how it prints. */
const STYLE_OPTIONS = [
  {
    flag: "--plain",
    is: "plain",
    description: "say everything in words, a fact a line, for a screen reader",
  },
  { flag: "--no-color", is: "noColor", description: "print without colour" },
] as const;

/** Gives them to a command; the context knows which were typed before its action runs. */
export function addStyleOptions(command: AnyCommand, { styleOptions }: Context): void {
  for (const { flag, is, description } of STYLE_OPTIONS) {
    if (!command.options.some(({ long }) => long === flag)) command.option(flag, description);
    command.on(`option:${flag.slice(2)}`, () => {
      styleOptions[is] = true;
    });
  }
}

/** The arguments without those that stand before the command's words. */
export function takeStyleOptions(
  args: readonly string[],
  { styleOptions }: Pick<Context, "styleOptions">,
): readonly string[] {
  const option = STYLE_OPTIONS.find(({ flag }) => flag === args[0]);
  if (!option) return args;
  styleOptions[option.is] = true;
  return takeStyleOptions(args.slice(1), { styleOptions });
}
