import { type AnyCommand, Command } from "../cli/command.ts";
import type { Context } from "../cli/context.ts";
import { openEntries } from "../cli/open-entries.ts";
import { nowHere, printJson } from "../cli/output-options.ts";
import { MoodsyncError } from "../domain/moodsync-error.ts";
import { undoLast } from "../entries/undo-last.ts";
import { systemZone } from "../input/system-zone.ts";
import { shownLabels } from "../local/queries/activities.ts";
import { differenceLines } from "../output/difference.ts";
import { formatMoment } from "../output/moment.ts";
import { textLines } from "../output/terminal-text.ts";

export default function undo(context: Context): AnyCommand {
  return new Command()
    .description("Take back what the last command on this device changed, as a new edit that syncs.")
    .option("--json", "print what was undone as JSON")
    .action(async (options) => {
      const entries = await openEntries(context);
      const undone = undoLast(entries);
      if (!undone) {
        throw new MoodsyncError("not_found", "There is nothing to undo on this device.", {
          hint: "`moodsync history <ID>` shows the versions of one entry.",
        });
      }
      context.changed();
      if (options.json) {
        const changes = undone.changes.map(({ entityType, ...change }) => ({
          entity_type: entityType,
          ...change,
        }));
        printJson(context, { command: undone.command, changes });
        return;
      }
      const ranAt = { ms: undone.ranAtMs, offsetMinutes: systemZone(undone.ranAtMs) };
      context.stdout.write(`Undone: ${undone.command} of ${formatMoment(ranAt, nowHere(context))}\n`);
      const labels = shownLabels(entries.db);
      for (const { entityType, id, before, after } of undone.changes) {
        const differences = differenceLines(before, after, labels).map((line) => `    ${line}`);
        if (differences.length === 0) differences.push("    nothing: what was edited since stays");
        context.stdout.write(textLines([`${id.slice(0, 7)} ${entityType}`, ...differences]));
      }
    });
}
