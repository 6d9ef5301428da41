import { type AnyCommand, Command } from "../cli/command.ts";
import type { Context } from "../cli/context.ts";
import { activitiesJson, spanJson } from "../cli/insight-json.ts";
import { readMoodSpan } from "../cli/mood-span.ts";
import { printJson, withOutputOptions } from "../cli/output-options.ts";
import { printLines } from "../cli/style.ts";
import { MoodsyncError } from "../domain/moodsync-error.ts";
import { comparableText } from "../domain/text/text.ts";
import { comparedActivities } from "../figures/mood-figures.ts";
import { daysOf } from "../figures/mood-span.ts";
import { compareActivities } from "../insights/activities.ts";
import { activityLines } from "../output/activity-lines.ts";

const FALLBACK = "90d";

export default function insights(context: Context): AnyCommand {
  const command = new Command()
    .description("Compare the days with each activity to those without it.")
    .argument("[what...]", "the label of an activity to say more of, and which days, like 90d or 2026 (90d)")
    .option("--lag <days>", "1: the mood of the day after, to look at what follows", "0");
  return withOutputOptions(command).action(async (what, options) => {
    if (options.lag !== "0" && options.lag !== "1") {
      throw new MoodsyncError("usage", "The lag must be 0 or 1.");
    }
    const lag = options.lag === "1" ? 1 : 0;
    const known = comparedActivities({ db: await context.databaseToRead() });
    const named = what.map((typed) =>
      known.find(({ label }) => comparableText(label) === comparableText(typed)),
    );
    const others = what.filter((_, index) => named[index] === undefined);
    if (others.length > 1 || what.length - others.length > 1) {
      throw new MoodsyncError("usage", "Name at most one activity and one period.", {
        hint: "`moodsync activity list` shows the activities.",
      });
    }
    const asked = await readMoodSpan(context, others[0], FALLBACK);
    const days = daysOf(asked, asked.span, { activities: true });
    const namedId = named.find((activity) => activity !== undefined)?.id ?? null;
    const comparison = compareActivities(days, known, { lag, namedId });
    if (options.json) {
      return printJson(context, { period: spanJson(asked.span), ...activitiesJson(comparison, lag) });
    }
    printLines(context, (columns, style) =>
      activityLines({ span: asked.span, comparison, lag, named: namedId }, columns, style),
    );
  });
}
