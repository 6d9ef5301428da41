import type { AnyCommand } from "./command.ts";
import type { Context } from "./context.ts";

/** The options of every command that say how it prints. */
const LOOK_OPTIONS = [
  {
    flag: "--plain",
    is: "plain",
    description: "say everything in words, a fact a line, for a screen reader",
  },
  { flag: "--no-color", is: "noColor", description: "print without colour" },
] as const;

/** Gives them to a command; the context knows which were typed before its action runs. */
export function addLookOptions(command: AnyCommand, { look }: Context): void {
  for (const { flag, is, description } of LOOK_OPTIONS) {
    if (!command.options.some(({ long }) => long === flag)) command.option(flag, description);
    command.on(`option:${flag.slice(2)}`, () => {
      look[is] = true;
    });
  }
}

/** The arguments without those that stand before the command's words. */
export function takeLook(args: readonly string[], { look }: Pick<Context, "look">): readonly string[] {
  const option = LOOK_OPTIONS.find(({ flag }) => flag === args[0]);
  if (!option) return args;
  look[option.is] = true;
  return takeLook(args.slice(1), { look });
}
