import type { CommandUnknownOpts, Command as TypedCommand } from "@commander-js/extra-typings";
import { Command as PlainCommand } from "commander";

/** A command whose action is given its arguments and options with their types, read from how they are declared. The
 *  types are of a package of their own; the class is commander's. */
export const Command = PlainCommand as unknown as typeof TypedCommand;

/** The same without saying which arguments and options it has. */
export type AnyCommand = CommandUnknownOpts;
