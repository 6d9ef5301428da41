import { type AnyCommand, Command } from "../cli/command.ts";
import type { Context } from "../cli/context.ts";
import { spanJson } from "../cli/insight-json.ts";
import { readMoodSpan } from "../cli/mood-span.ts";
import { printJson } from "../cli/output-options.ts";
import { printLines } from "../cli/style.ts";
import { daysOf } from "../figures/mood-span.ts";
import { lengthOf, moodOf } from "../insights/day.ts";
import { levelOf } from "../output/palette.ts";
import { sparkLine } from "../output/spark.ts";

export default function spark(context: Context): AnyCommand {
  return new Command()
    .description("Print the last days as one line of bars, for a shell prompt or tmux.")
    .argument("[period]", "which days, like 7d, 14d or week", "7d")
    .option("--digits", "digits 1 to 5 instead of bars")
    .option("--json", "print JSON")
    .action(async (period, options) => {
      const asked = await readMoodSpan(context, period, "7d");
      const { span } = asked;
      const byDay = new Map(daysOf(asked, span).map((day) => [day.day, levelOf(moodOf(day))]));
      const levels = Array.from({ length: lengthOf(span) }, (_, at) => byDay.get(span.from + at) ?? null);
      if (options.json) return printJson(context, { period: spanJson(span), levels });
      printLines(context, (columns, style) => [sparkLine(levels, columns, style, options.digits === true)]);
    });
}
