import { type AnyCommand, Command } from "../../cli/command.ts";
import type { Context } from "../../cli/context.ts";
import { openEntries } from "../../cli/open-entries.ts";
import { withOutputOptions } from "../../cli/output-options.ts";
import { runMerge } from "../../cli/run-merge.ts";
import { findActivity } from "../../entries/find-entry.ts";

export default function mergeActivity(context: Context): AnyCommand {
  const command = new Command()
    .description(
      "Make one activity of two: moods of both, on all devices, count for the second. Its label means the second, too.",
    )
    .argument("<from>", "the label or id of the one that ends")
    .argument("<into>", "the label or id of the one that stays");
  return withOutputOptions(command).action(async (from, into, options) => {
    const entries = await openEntries(context);
    const fromId = findActivity(entries.db, from).id;
    runMerge(context, options, entries, { fromId, intoId: findActivity(entries.db, into).id });
  });
}
