import { Command } from "commander";
import type { Context } from "../../cli/context.ts";
import type { OutputOptions } from "../../cli/output-options.ts";
import { answer, entityJson, nowHere, withOutputOptions } from "../../cli/output-options.ts";
import { MoodsyncError } from "../../domain/moodsync-error.ts";
import { checkedIcon, checkedLabel } from "../../input/checked-text.ts";
import { parseColour } from "../../input/colour.ts";
import { createActivity, matchLabel } from "../../local/queries/activities.ts";
import { shortId } from "../../local/queries/short-id.ts";
import { writeAs } from "../../local/versions/write.ts";
import { entityLine } from "../../output/entity-line.ts";

interface Options extends OutputOptions {
  color?: string | boolean;
  icon?: string;
}

export default function addActivity(context: Context): Command {
  const command = new Command()
    .description("Add an activity that moods can name.")
    .argument("<label>", "what it is called")
    .option("--color <colour>", "its colour, like '#4caf50'")
    .option("--icon <icon>", "its icon, like an emoji");
  return withOutputOptions(command).action(async (typed: string, options: Options) => {
    const fields = {
      label: checkedLabel(typed),
      color_hex: typeof options.color === "string" && options.color ? parseColour(options.color) : null,
      icon: options.icon === undefined ? null : checkedIcon(options.icon),
    };
    const db = await context.database();
    const now = nowHere(context);
    const activity = writeAs(db, { name: "activity add", nowMs: now.ms }, (writer) => {
      if (matchLabel(db, fields.label).status === "known") throw alreadyThere();
      return createActivity(db, writer, fields);
    });
    answer(context, options, {
      line: `Added ${entityLine("Activity", activity, { now, labels: new Map() })} · ${shortId(db, activity.id)}`,
      json: entityJson("Activity", activity),
    });
  });
}

function alreadyThere(): MoodsyncError {
  return new MoodsyncError("invalid_input", "An activity with that label exists already.", {
    hint: "`moodsync activity list` shows it; `moodsync activity edit` changes it.",
  });
}
