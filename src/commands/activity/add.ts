import { type AnyCommand, Command } from "../../cli/command.ts";
import type { Context } from "../../cli/context.ts";
import { openEntries } from "../../cli/open-entries.ts";
import { answer, entityJson, lineContext, nowHere, withOutputOptions } from "../../cli/output-options.ts";
import { addActivity } from "../../entries/activities.ts";
import { checkedIcon, checkedLabel } from "../../input/checked-text.ts";
import { parseColour } from "../../input/colour.ts";
import { shortId } from "../../local/queries/short-id.ts";
import { entityLine } from "../../output/entity-line.ts";

export default function addActivityCommand(context: Context): AnyCommand {
  const command = new Command()
    .description("Add an activity that moods can name.")
    .argument("<label>", "what it is called")
    .option("--color <colour>", "its colour, like '#4caf50'")
    .option("--icon <icon>", "its icon, like an emoji");
  return withOutputOptions(command).action(async (typed, options) => {
    const fields = {
      label: checkedLabel(typed),
      color_hex: typeof options.color === "string" && options.color ? parseColour(options.color) : null,
      icon: options.icon === undefined ? null : checkedIcon(options.icon),
    };
    const now = nowHere(context);
    const entries = await openEntries(context, now.ms);
    const activity = addActivity(entries, fields);
    const line = { ...lineContext(context, new Map()), now };
    answer(context, options, {
      line: `Added ${entityLine("Activity", activity, line)}${line.separator}${shortId(entries.db, activity.id)}`,
      json: entityJson("Activity", activity),
    });
  });
}
