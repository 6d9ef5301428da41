import { type AnyCommand, Command } from "../../cli/command.ts";
import type { Context } from "../../cli/context.ts";
import { interruptibleSteps } from "../../cli/in-steps.ts";
import { localMoment } from "../../cli/local-moment.ts";
import { openEntries } from "../../cli/open-entries.ts";
import { printJson, printNotice, withOutputOptions } from "../../cli/output-options.ts";
import type { EntityType } from "../../domain/entities/entity-type.ts";
import { MoodsyncError } from "../../domain/moodsync-error.ts";
import { formatUtc } from "../../domain/time/timestamp.ts";
import { noCounts } from "../../entries/import/stage-import.ts";
import { listImports, undoImport } from "../../entries/import/store-import.ts";
import type { Batch } from "../../local/versions/undo-batch.ts";
import { countWords } from "../../output/import-lines.ts";
import { counted } from "../../output/number-words.ts";
import { formatTable } from "../../output/table.ts";

export default function importUndo(context: Context): AnyCommand {
  const command = new Command()
    .description(
      "Take an import back: the last one that stands, or another by its number. What was edited since stays. `moodsync redo` is the way back, and so is importing the file again.",
    )
    .argument("[number]", "the number of an import, as --list shows it")
    .option("--list", "show the imports that can be taken back, and take none");
  return withOutputOptions(command).action(async (number, { list, ...options }) => {
    const entries = await openEntries(context);
    const imports = listImports(entries);
    if (list) return printImports(context, imports, options);
    const chosen = number === undefined ? imports[0] : imports.find(({ id }) => String(id) === number);
    const run = interruptibleSteps(context, "Nothing was taken back.");
    const undone = chosen && (await run(undoImport(entries, chosen.id)));
    if (!undone) throw noSuchImport(number);
    context.changed();
    const { reverted, kept, ranAtMs } = undone;
    if (options.json) {
      return printJson(context, {
        batch: chosen.id,
        entries: reverted.MoodEntry,
        assessments: reverted.AssessmentEntry,
        activities: reverted.Activity,
        schedules: reverted.Schedule,
        kept,
      });
    }
    if (options.quiet) return;
    const moment = localMoment(context, formatUtc(ranAtMs));
    const taken = wordsOf(reverted);
    context.stdout.write(`Took back ${taken || "nothing"} of the import of ${moment}.\n`);
    if (kept > 0)
      printNotice(
        context,
        options,
        `Kept ${counted(kept, "entry", "entries")} that ${kept === 1 ? "was" : "were"} edited since; \`moodsync delete\` deletes what you do not want.`,
      );
    if (taken) printNotice(context, options, "`moodsync redo` brings back what was taken.");
  });
}

function wordsOf(changed: Record<EntityType, number>): string {
  const counts = noCounts();
  for (const [entityType, count] of Object.entries(changed)) counts[entityType as EntityType].new = count;
  return countWords(counts, "new");
}

function printImports(
  context: Context,
  imports: readonly Batch[],
  options: { json?: true; quiet?: true },
): void {
  if (options.json) {
    const shown = imports.map(({ id, ranAtMs, changed }) => ({
      ...{ batch: id, imported_at: formatUtc(ranAtMs), changed: sumOf(changed) },
    }));
    printJson(context, shown);
  } else if (imports.length === 0) context.stdout.write("No import of this device stands.\n");
  else context.stdout.write(tableOf(context, imports));
}

function sumOf(changed: Record<EntityType, number>): number {
  return Object.values(changed).reduce((sum, count) => sum + count, 0);
}

function tableOf(context: Context, imports: readonly Batch[]): string {
  const rows = imports.map(({ id, ranAtMs, changed }) => [
    String(id),
    localMoment(context, formatUtc(ranAtMs)),
    wordsOf(changed),
  ]);
  return formatTable(rows);
}

function noSuchImport(number: string | undefined): MoodsyncError {
  const message =
    number === undefined
      ? "There is no import on this device that could be taken back."
      : "No import of this device that stands has that number.";
  return new MoodsyncError("not_found", message, {
    hint:
      number === undefined
        ? "`moodsync undo` takes back what was done last."
        : "`moodsync import undo --list` shows their numbers.",
  });
}
