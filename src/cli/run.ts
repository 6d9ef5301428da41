import type { CommanderError } from "commander";
import { EXIT_CODE } from "../domain/exit-code.ts";
import { MoodsyncError } from "../domain/moodsync-error.ts";
import { toMoodsyncError } from "../files/system-error.ts";
import { isZoneUnderstood } from "../input/system-zone.ts";
import { textLines } from "../output/terminal-text.ts";
import { unprintedReason, unprintedSentence, watchWrites } from "../output/whole-output.ts";
import type { AnyCommand } from "./command.ts";
import { type CommandEntry, commandsBelow, findCommand } from "./command-entry.ts";
import { createContext, type HostProcess, type RunningContext } from "./context.ts";
import { printJson } from "./output-options.ts";
import { addStyleOptions, takeStyleOptions } from "./style-options.ts";

/** Runs the one of these commands that the arguments name and returns the exit code; on a terminal, no arguments mean
 *  `today`. Every failure ends here as one sentence on stderr, or with `--json` as an object on stdout. */
export async function runCommandLine(
  commands: readonly CommandEntry[],
  args: readonly string[],
  host: HostProcess,
): Promise<number> {
  const context = createContext(host);
  const writeFailure = watchWrites(context.stdout.stream);
  const meant = meantArguments(commands, takeStyleOptions(args, context), context);
  const exitCode = await runCommand(commands, meant, context);
  const failure = await writeFailure();
  if (!failure || context.isLongRunning) return exitCode;
  return reportUnprinted(failure, exitCode, context);
}

async function runCommand(
  commands: readonly CommandEntry[],
  args: readonly string[],
  context: RunningContext,
): Promise<number> {
  try {
    const found = findCommand(commands, args);
    if (!found) return await refuse(commands, args, context);
    // Whatever is typed after it, somebody who asks for help gets it, and who is typing is not disturbed.
    if (!/^(help-now|completion)$/.test(found.entry.words)) checkSurroundings(args, context);
    const command = (await found.entry.load()).default(context);
    try {
      await parse(command, found.rest, context);
    } catch (error) {
      if (!isOfCommander(error)) throw error;
      if (error.code !== "commander.helpDisplayed") {
        const { usageError } = await import("./help/usage-error.ts");
        throw usageError(error, { commands, found, command });
      }
      const { showCommandHelp } = await import("./help/show-help.ts");
      showCommandHelp(context, commands, found.entry.words, command);
    }
    return context.exitCode;
  } catch (error) {
    return reportError(toMoodsyncError(error, context.openedFile), args.includes("--json"), context);
  } finally {
    context.close();
  }
}

/** Node puts U+FFFD in the place of bytes that are no UTF-8, so what was typed is lost already. */
function checkSurroundings(args: readonly string[], { env, stderr, nowMs }: RunningContext): void {
  if (args.some((arg) => arg.includes("\ufffd"))) {
    throw new MoodsyncError("invalid_input", "An argument is not valid UTF-8; nothing was changed.", {
      hint: "Check the encoding of the terminal or the script, and look for a character that was broken already (\ufffd).",
    });
  }
  const isQuiet = args.includes("-q") || args.includes("--quiet");
  if (!isQuiet && !isZoneUnderstood(env.TZ, nowMs())) {
    stderr.write(
      "The time zone in TZ is not understood, so times may be off; set it to a name like Europe/Berlin.\n",
    );
  }
}

function meantArguments(
  commands: readonly CommandEntry[],
  typed: readonly string[],
  { stdout }: RunningContext,
): readonly string[] {
  if (typed.length === 0) return stdout.isTTY === true ? ["today"] : ["help"];
  // Who types `help now` may be in need of it.
  if (typed[0] === "help" && typed[1] === "now") return ["help-now"];
  const isHelpAsked = typed.includes("--help") || typed.includes("-h");
  if (!isHelpAsked || findCommand(commands, typed)) return typed;
  return ["help", ...typed.filter((arg) => arg !== "--help" && arg !== "-h")];
}

/** What is typed names no command: the commands of a group are listed, and of anything else what was probably meant. */
async function refuse(
  commands: readonly CommandEntry[],
  args: readonly string[],
  context: RunningContext,
): Promise<number> {
  const words = args.filter((arg) => !arg.startsWith("-"));
  if (words.length === 0 || commandsBelow(commands, words).length === 0) {
    const { unknownCommand } = await import("./help/usage-error.ts");
    throw unknownCommand(commands, args);
  }
  if (args.includes("--json")) {
    throw new MoodsyncError("usage", "That is a group of commands, not a command.", {
      hint: `\`moodsync ${words.join(" ")} --help\` lists them.`,
    });
  }
  const { showGroup } = await import("./help/show-help.ts");
  showGroup(context, commands, words);
  return EXIT_CODE.usage;
}

/** What help and mistakes of use print is decided by the caller. */
async function parse(command: AnyCommand, args: string[], context: RunningContext): Promise<void> {
  addStyleOptions(command, context);
  command.exitOverride().configureOutput({ writeOut: () => {}, outputError: () => {} });
  command.showSuggestionAfterError(false);
  refuseSecondValues(command);
  await command.parseAsync(args, { from: "user" });
}

/** Of two values for one option commander takes the last and says nothing. One that is collected has a parser. */
function refuseSecondValues(command: AnyCommand): void {
  for (const option of command.options) {
    if (option.parseArg || !(option.required || option.optional)) continue;
    let isGiven = false;
    command.on(`option:${option.name()}`, () => {
      if (isGiven) throw new MoodsyncError("usage", `${option.long ?? option.flags} can be given only once.`);
      isGiven = true;
    });
  }
}

function isOfCommander(error: unknown): error is CommanderError {
  return String((error as Partial<CommanderError> | null)?.code).startsWith("commander.");
}

function reportError(error: MoodsyncError, asJson: boolean, context: RunningContext): number {
  const { code, message, hint, cause } = error;
  if (asJson) printJson(context, { error: { code, message, hint: hint ?? null } });
  else context.stderr.write(textLines(hint ? [message, hint] : [message]));
  if (context.env.MOODSYNC_DEBUG) context.stderr.write(`${placeOf(cause ?? error)}\n`);
  return EXIT_CODE[code];
}

/** What a command did stays done, so a script must be able to tell that from a failure, and not run it again. */
function reportUnprinted(failure: NodeJS.ErrnoException, exitCode: number, context: RunningContext): number {
  const { stderr, change } = context;
  if (!change || (exitCode !== 0 && exitCode !== EXIT_CODE.partial)) {
    stderr.write(unprintedSentence(failure));
    return exitCode || EXIT_CODE.failure;
  }
  stderr.write(
    `That worked, but the answer could not be printed (${unprintedReason(failure)}).\n${change.then}\n`,
  );
  return EXIT_CODE.not_printed;
}

/** The stack without the message, which may quote data. */
function placeOf(cause: unknown): string {
  const stack = cause instanceof Error ? (cause.stack ?? "") : "";
  return stack
    .split("\n")
    .filter((line) => line.startsWith("    at "))
    .join("\n");
}
