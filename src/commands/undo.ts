import { type AnyCommand, Command } from "../cli/command.ts";
import { confirm } from "../cli/confirm.ts";
import type { Context } from "../cli/context.ts";
import { openEntries } from "../cli/open-entries.ts";
import { nowHere, printNotice, withOutputOptions } from "../cli/output-options.ts";
import { runUndo } from "../cli/run-undo.ts";
import { EXIT_CODE } from "../domain/exit-code.ts";
import { MoodsyncError } from "../domain/moodsync-error.ts";
import { HOUR_MS } from "../domain/time/durations.ts";
import { previewUndo, undoLast } from "../entries/undo-last.ts";
import { shownLabels } from "../local/queries/activities.ts";
import { durationText } from "../output/age.ts";
import { entityLine } from "../output/entity-line.ts";

/** What was done longer ago is seldom what somebody means who types `undo`, in ms. */
const ASKED_AFTER_MS = HOUR_MS;

export default function undo(context: Context): AnyCommand {
  const command = new Command()
    .description(
      "Take back what the last command on this device changed, as a new edit that syncs. Again: the one before. `moodsync redo` is the way back.",
    )
    .option("-y, --yes", "do not ask, however long ago it was");
  return withOutputOptions(command).action(async (options) => {
    const entries = await openEntries(context);
    const labels = shownLabels(entries.db);
    const last = previewUndo(entries);
    if (last && entries.nowMs - last.ranAtMs >= ASKED_AFTER_MS && !options.yes) {
      const ago = `That was ${durationText(entries.nowMs - last.ranAtMs)} ago: ${describe(context, last, labels)}.`;
      const { stdin, stderr } = context;
      if (!stdin.isTTY || !stderr.isTTY) printNotice(context, options, ago);
      else if (!(await confirm(context, `${ago}\nTake it back?`))) {
        printNotice(context, options, "Nothing was changed.");
        return context.exitWith(EXIT_CODE.failure);
      }
    }
    const undone = await runUndo(context, options, {
      verb: "Took back",
      labels: () => labels,
      steps: (onReverted) => undoLast(entries, { expected: last?.id, onReverted }),
    });
    if (!undone) {
      throw new MoodsyncError("not_found", "There is nothing to undo on this device.", {
        hint: "`moodsync history <ID>` shows the versions of one entry.",
      });
    }
  });
}

function describe(
  context: Context,
  { first, count }: NonNullable<ReturnType<typeof previewUndo>>,
  labels: ReadonlyMap<string, string>,
): string {
  const line = { now: nowHere(context), labels };
  const more = count > 1 ? `, and ${count - 1} more` : "";
  return first ? `${entityLine(first.entityType, first.content, line)}${more}` : "something deleted";
}
