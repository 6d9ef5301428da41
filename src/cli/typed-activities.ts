import type Database from "better-sqlite3";
import type { Activity } from "../domain/entities/activity.ts";
import { labelsBeside, SimilarLabel } from "../entries/activities.ts";
import { checkedNote } from "../input/checked-text.ts";
import { textLines } from "../output/terminal-text.ts";
import type { Context } from "./context.ts";
import type { OutputOptions } from "./output-options.ts";
import { printNotice } from "./output-options.ts";
import { readStandardInput } from "./terminal-gone.ts";

/** Collects a repeatable option; a variadic one would swallow the arguments after it. */
export function collect(value: string, earlier: string[] | undefined): string[] {
  return [...(earlier ?? []), value];
}

/** The note of `--note`, from standard input for "-". */
export async function typedNote(context: Context, text: string): Promise<string | null> {
  if (text !== "-") return checkedNote(text);
  if (context.stdin.isTTY) {
    context.stderr.write(
      "Type the note. Ctrl-D on an empty line ends it and stores; Ctrl-C stores nothing.\n",
    );
  }
  return checkedNote(await readStandardInput(context));
}

/** Runs a task that creates activities. Where a label is nearly an existing one, that goes straight to the person who
 *  typed, because an error never carries a value. */
export function suggestingLabels<T>(context: Context, task: () => T): T {
  try {
    return task();
  } catch (error) {
    if (error instanceof SimilarLabel) {
      const quoted = error.existingLabels().map((label) => `"${label}"`);
      context.stderr.write(textLines([`Did you mean ${quoted.join(" or ")}?`]));
    }
    throw error;
  }
}

/** Says which activities were created; of one that nearly has the label of another, which it is beside. */
export function sayCreated(
  context: Context,
  options: OutputOptions & { create?: boolean },
  db: Database.Database,
  created: readonly Activity[],
): void {
  for (const activity of created) {
    printNotice(context, options, `Created activity "${activity.label}".`);
    const [near] = options.create ? [] : labelsBeside(db, activity);
    if (near !== undefined) {
      printNotice(context, options, `There is "${near}", too; \`moodsync undo\` if you meant that.`);
    }
  }
}
