import { Command } from "commander";
import type { Context } from "../cli/context.ts";
import type { EditOptions } from "../cli/edit-options.ts";
import { readEdit } from "../cli/edit-options.ts";
import { editRow } from "../cli/edit-row.ts";
import { withOutputOptions } from "../cli/output-options.ts";
import { collect } from "../cli/typed-activities.ts";
import { findEntry } from "../entries/find-entry.ts";

export default function edit(context: Context): Command {
  const command = new Command()
    .description(
      'Change fields of one entry; "" removes what may be missing. Earlier versions stay in its history.',
    )
    .argument("<id>", "its id, the first 4 or more characters of it, or @last")
    .option("--value <1-5>", "mood: how it was")
    .option("-n, --note <text>", "mood: the note; - reads it from standard input")
    .option(
      "-a, --activity <label>",
      "mood: the activities in place of the earlier ones; repeatable",
      collect,
    )
    .option("--create", "mood: create activities even if their labels nearly match existing ones")
    .option("--at <when>", "mood, assessment: when it was")
    .option("--type <type>", "assessment, schedule: which assessment")
    .option("--score <total>", "assessment: a total in place of answers")
    .option("--answers <list>", "assessment: one answer for each item: 0,1,2,…")
    .option("--difficulty <0-3>", "assessment: how difficult the problems made life")
    .option("--label <label>", "activity: its label")
    .option("--color <colour>", "activity: its colour, like '#4caf50'")
    .option("--icon <icon>", "activity: its icon, like an emoji")
    .option("--frequency <how often>", "schedule: daily, weekly, biweekly or monthly")
    .option("--next-due <when>", "schedule: when it is due next; later dates are counted from it")
    .option("--enabled <yes|no>", "schedule: whether it comes round");
  return withOutputOptions(command).action(async (reference: string, options: EditOptions) => {
    const editOf = await readEdit(context, options);
    await editRow(context, options, { command: "edit", editOf, find: (db) => findEntry(db, reference) });
  });
}
