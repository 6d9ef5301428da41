import { type AnyCommand, Command } from "../cli/command.ts";
import type { Context } from "../cli/context.ts";
import { openEntries } from "../cli/open-entries.ts";
import { withOutputOptions } from "../cli/output-options.ts";
import { runUndo } from "../cli/run-undo.ts";
import { MoodsyncError } from "../domain/moodsync-error.ts";
import { redoLast } from "../entries/undo-last.ts";
import { shownLabels } from "../local/queries/activities.ts";

export default function redo(context: Context): AnyCommand {
  const command = new Command().description(
    "Do again what `moodsync undo` took back, one undo after the other, until something else is changed.",
  );
  return withOutputOptions(command).action(async (options) => {
    const entries = await openEntries(context);
    const undone = await runUndo(context, options, {
      verb: "Done again",
      labels: () => shownLabels(entries.db),
      steps: (onReverted) => redoLast(entries, { onReverted }),
    });
    if (!undone) {
      throw new MoodsyncError("not_found", "There is no undo to take back.", {
        hint: "`moodsync history <ID>` shows the versions of one entry.",
      });
    }
  });
}
