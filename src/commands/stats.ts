import { type AnyCommand, Command } from "../cli/command.ts";
import type { Context } from "../cli/context.ts";
import { changeJson, spanJson, summaryJson, weekdaysJson } from "../cli/insight-json.ts";
import { readMoodSpan } from "../cli/mood-span.ts";
import { printJson, withOutputOptions } from "../cli/output-options.ts";
import { printLines } from "../cli/style.ts";
import { statsOf } from "../figures/mood-figures.ts";
import { NO_MOODS } from "../output/empty-words.ts";
import { statsLines } from "../output/stats-lines.ts";

export default function stats(context: Context): AnyCommand {
  const command = new Command()
    .description("Show moods in figures: mean, spread, coverage, the time before, and weekdays.")
    .argument("[period]", "which days, like 90d, lastmonth, 2026-03 or 2026-01-01..2026-03-31", "90d");
  return withOutputOptions(command).action(async (period, options) => {
    const asked = await readMoodSpan(context, period, "90d");
    const found = statsOf(asked);
    if (options.json) {
      const { span, summary, change, weekdays } = found;
      return printJson(context, {
        period: spanJson(span),
        ...summaryJson(summary),
        before: changeJson(change),
        weekdays: weekdaysJson(weekdays),
      });
    }
    if (asked.isAll && found.summary.entries === 0) return void context.stdout.write(`${NO_MOODS}\n`);
    printLines(context, (columns, style) => statsLines(found, columns, style, asked));
  });
}
