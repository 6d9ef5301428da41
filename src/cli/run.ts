import type { CommanderError } from "commander";
import { EXIT_CODE } from "../domain/exit-code.ts";
import { MoodsyncError } from "../domain/moodsync-error.ts";
import { toMoodsyncError } from "../files/system-error.ts";
import { isZoneUnderstood } from "../input/system-zone.ts";
import { textLines } from "../output/terminal-text.ts";
import { unprintedReason, unprintedSentence, watchWrites } from "../output/whole-output.ts";
import type { AnyCommand } from "./command.ts";
import { type CommandEntry, findCommand } from "./command-entry.ts";
import { createContext, type HostProcess, type RunningContext } from "./context.ts";
import { helpPage } from "./help.ts";
import { addLookOptions, takeLook } from "./look-options.ts";
import { printJson } from "./output-options.ts";

/** Runs the one of these commands that the arguments name and returns the exit code; on a terminal, no arguments mean
 *  `today`. Every failure ends here as one sentence on stderr, or with `--json` as an object on stdout. */
export async function runCommandLine(
  commands: readonly CommandEntry[],
  args: readonly string[],
  host: HostProcess,
): Promise<number> {
  const context = createContext(host);
  const writeFailure = watchWrites(context.stdout.stream);
  const exitCode = await runCommand(commands, meantArguments(takeLook(args, context), context), context);
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
    if (!found) return showHelp(commands, args, context);
    // Whatever is typed after it, somebody who asks for help gets it.
    if (found.entry.words !== "help-now") checkSurroundings(args, context);
    const command = (await found.entry.load()).default(context);
    await parse(command.name(`moodsync ${found.entry.words}`), found.rest, context);
    return context.exitCode;
  } catch (error) {
    if (isShownHelp(error)) return 0;
    return reportError(commandError(error, context), args.includes("--json"), context);
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

function meantArguments(typed: readonly string[], { stdout }: RunningContext): readonly string[] {
  if (typed.length === 0 && stdout.isTTY === true) return ["today"];
  return typed[0] === "help" ? [...typed.slice(1), "--help"] : typed;
}

function showHelp(
  commands: readonly CommandEntry[],
  args: readonly string[],
  context: RunningContext,
): number {
  const words = args.filter((arg) => !arg.startsWith("-"));
  const asked = args.length === 0 || args.some((arg) => arg === "--help" || arg === "-h");
  const group = words.join(" ");
  const isGroup = group === "" || commands.some((entry) => entry.words.startsWith(`${group} `));
  if (!isGroup || (!asked && group === "")) {
    throw new MoodsyncError("usage", "There is no such command.", {
      hint: "`moodsync --help` lists the commands.",
    });
  }
  if (!asked && args.includes("--json")) {
    throw new MoodsyncError("usage", "That is a group of commands, not a command.", {
      hint: `\`moodsync ${group} --help\` lists them.`,
    });
  }
  (asked ? context.stdout : context.stderr).write(helpPage(commands, group));
  return asked ? 0 : EXIT_CODE.usage;
}

async function parse(command: AnyCommand, args: string[], context: RunningContext): Promise<void> {
  const { stdout } = context;
  addLookOptions(command, context);
  command.exitOverride().configureOutput({ writeOut: (text) => stdout.write(text), outputError: () => {} });
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

function isShownHelp(error: unknown): boolean {
  const code = (error as Partial<CommanderError> | null)?.code;
  return code === "commander.helpDisplayed" || code === "commander.help";
}

/** Commander's own messages speak of what was typed. */
function commandError(error: unknown, { openedFile }: RunningContext): MoodsyncError {
  const { code, message } = (error ?? {}) as Partial<CommanderError>;
  if (typeof code === "string" && code.startsWith("commander.")) {
    const [said = "", suggestion] = String(message)
      .replace(/^error: /, "")
      .split("\n");
    const sentence = `${said.charAt(0).toUpperCase()}${said.slice(1).replace(/\.$/, "")}.`;
    return new MoodsyncError("usage", sentence, {
      hint: suggestion?.replace(/^\((.*)\)$/, "$1") ?? "`--help` after the command shows how it is used.",
      cause: error,
    });
  }
  return toMoodsyncError(error, openedFile);
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
