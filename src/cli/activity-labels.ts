import type Database from "better-sqlite3";
import { MAX_ACTIVITIES } from "../domain/limits.ts";
import { MoodsyncError } from "../domain/moodsync-error.ts";
import { checkedLabel, checkedNote } from "../input/checked-text.ts";
import { createActivity, matchLabel } from "../local/queries/activities.ts";
import type { Writer } from "../local/versions/write.ts";
import { textLines } from "../output/terminal-text.ts";
import type { Context } from "./context.ts";
import type { OutputOptions } from "./output-options.ts";
import { remark } from "./output-options.ts";
import { readStandardInput } from "./terminal-gone.ts";

/** Collects a repeatable option; a variadic one would swallow the arguments after it. */
export function collect(value: string, earlier: string[] | undefined): string[] {
  return [...(earlier ?? []), value];
}

/** The note of `--note`, from standard input for "-". */
export async function typedNote(context: Context, text: string): Promise<string | null> {
  return checkedNote(text === "-" ? await readStandardInput(context) : text);
}

/** The identifiers of the activities that the labels of `-a` mean. An unknown one is created (to be said with
 *  `sayCreated` once it is stored); one that differs by a letter from an existing one is refused with a suggestion
 *  unless `create` is set. */
export function resolveActivities(
  context: Context,
  given: {
    db: Database.Database;
    writer: Writer;
    labels: readonly string[];
    create?: boolean | undefined;
  },
): { ids: string[]; created: string[] } {
  const { db, writer, labels, create } = given;
  const ids = new Set<string>();
  const created: string[] = [];
  for (const label of labels.map(checkedLabel)) {
    const match = matchLabel(db, label);
    if (match.status === "similar" && !create) throw suggestLabels(context, match.labels);
    if (match.status === "known") ids.add(match.activity.id);
    else {
      ids.add(createActivity(db, writer, { label, color_hex: null, icon: null }).id);
      created.push(label);
    }
  }
  if (ids.size > MAX_ACTIVITIES) {
    throw new MoodsyncError("invalid_input", `A mood can have at most ${MAX_ACTIVITIES} activities.`);
  }
  return { ids: [...ids], created };
}

export function sayCreated(context: Context, options: OutputOptions, labels: readonly string[]): void {
  for (const label of labels) remark(context, options, `Created activity "${label}".`);
}

/** The labels go straight to the person who typed; an error never carries a value. */
function suggestLabels(context: Context, labels: readonly string[]): MoodsyncError {
  const quoted = labels.map((label) => `"${label}"`).join(" or ");
  context.stderr.write(textLines([`Did you mean ${quoted}?`]));
  return new MoodsyncError("invalid_input", "An activity with nearly the same label exists already.", {
    hint: "Use its label, or add --create to make a new activity; nothing was stored.",
  });
}
