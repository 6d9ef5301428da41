import { type AnyCommand, Command } from "../../cli/command.ts";
import type { Context } from "../../cli/context.ts";
import { openEntries } from "../../cli/open-entries.ts";
import { printJson, printNotice, withOutputOptions } from "../../cli/output-options.ts";
import { MoodsyncError } from "../../domain/moodsync-error.ts";
import { noCounts } from "../../entries/import/stage-import.ts";
import { undoImport } from "../../entries/import/store-import.ts";
import { countWords } from "../../output/import-lines.ts";

export default function importUndo(context: Context): AnyCommand {
  const command = new Command().description(
    "Take the last import back, all of it, whatever was done since. Again: the one before. `moodsync redo` is the way back, and so is importing the file again.",
  );
  return withOutputOptions(command).action(async (options) => {
    const undone = undoImport(await openEntries(context));
    if (!undone) {
      throw new MoodsyncError("not_found", "There is no import on this device that could be taken back.", {
        hint: "`moodsync undo` takes back what was done last.",
      });
    }
    context.changed();
    const counts = noCounts();
    for (const { entityType } of undone.changes) counts[entityType].new += 1;
    if (options.json) {
      const removed = ({ new: count }: { new: number }) => count;
      return printJson(context, {
        entries: removed(counts.MoodEntry),
        assessments: removed(counts.AssessmentEntry),
        activities: removed(counts.Activity),
        schedules: removed(counts.Schedule),
      });
    }
    if (options.quiet) return;
    context.stdout.write(`Took back ${countWords(counts, "new") || "nothing"}.\n`);
    printNotice(context, options, "`moodsync redo` brings all of it back.");
  });
}
