import type { Activity } from "../domain/entities/activity.ts";
import { EXIT_CODE } from "../domain/exit-code.ts";
import { LabelTaken } from "../entries/edit-entry.ts";
import type { Entries } from "../entries/entries.ts";
import { mergeActivities } from "../entries/merge-activities.ts";
import { readRow, type StoredRow } from "../local/versions/rows.ts";
import { singleLine, textLines } from "../output/terminal-text.ts";
import { confirm } from "./confirm.ts";
import type { Context } from "./context.ts";
import { answer, entityJson, type OutputOptions, printNotice } from "./output-options.ts";
import { styleOf } from "./style.ts";

/** Merges the first activity into the second and says what came of it. */
export function runMerge(
  context: Context,
  options: OutputOptions,
  entries: Entries,
  ids: { fromId: string; intoId: string },
): void {
  const { merged, into, moods } = mergeActivities(entries, ids);
  answer(context, options, {
    line: `Merged "${merged.label}" into "${into.label}"${styleOf(context).separator}${moods === 1 ? "1 mood" : `${moods} moods`}`,
    json: entityJson("Activity", merged),
  });
  printNotice(context, options, "No mood was changed; `moodsync undo` takes it back.");
}

/** Runs an edit. Where it would give an activity the label of another one, the person is asked whether the two are one,
 *  and null comes back; where nobody can be asked, or the edit says more than that, it throws `LabelTaken`, and the
 *  command that makes them one goes straight to whoever typed. */
export async function offeringMerge<T>(
  context: Context,
  options: OutputOptions,
  { entries, row, edit }: { entries: Entries; row: StoredRow; edit: object },
  task: () => T,
): Promise<T | null> {
  try {
    return task();
  } catch (error) {
    if (!(error instanceof LabelTaken)) throw error;
    const other = readRow(entries.db, "Activity", error.activityId)!.entity as Activity;
    const [from, into] = [(row.entity as Activity).label, other.label].map((one) => `"${singleLine(one)}"`);
    const { stdin, stderr } = context;
    if (!stdin.isTTY || !stderr.isTTY || Object.keys(edit).length > 1) {
      stderr.write(textLines([`\`moodsync activity merge ${from} ${into}\` makes one of the two.`]));
      throw error;
    }
    if (await confirm(context, `There is already an activity ${into}. Merge ${from} into it?`)) {
      runMerge(context, options, entries, { fromId: row.id, intoId: other.id });
    } else {
      printNotice(context, options, "Nothing was changed.");
      context.exitWith(EXIT_CODE.failure);
    }
    return null;
  }
}
