import { type AnyCommand, Command } from "../cli/command.ts";
import type { Context } from "../cli/context.ts";
import { changePointsJson, spanJson, summaryJson } from "../cli/insight-json.ts";
import { readMoodSpan } from "../cli/mood-span.ts";
import { printJson, withOutputOptions } from "../cli/output-options.ts";
import { printLines } from "../cli/style.ts";
import { trendOf } from "../figures/mood-figures.ts";
import { entriesOf, lengthOf, moodOf } from "../insights/day.ts";
import { weekdayPattern } from "../insights/weekdays.ts";
import { chartLines } from "../output/chart-lines.ts";
import { isoDay } from "../output/day-words.ts";
import { NO_MOODS } from "../output/empty-words.ts";
import { jsonNumber } from "../output/number-words.ts";

export default function chart(context: Context): AnyCommand {
  const command = new Command()
    .description("Draw moods day by day, with their running mean and where their level changed.")
    .argument("[period]", "which days, like 30d, 90d, 1y, 2026-03 or 2026-01-01..2026-03-31", "30d");
  return withOutputOptions(command).action(async (period, options) => {
    const asked = await readMoodSpan(context, period, "30d");
    const { trend, found } = trendOf(asked);
    if (options.json) {
      return printJson(context, {
        period: spanJson(asked.span),
        ...summaryJson(trend.summary),
        window_days: trend.window.days,
        values: dayJson(trend),
        change_points: changePointsJson(found),
      });
    }
    if (asked.isAll && trend.days.length === 0) return void context.stdout.write(`${NO_MOODS}\n`);
    printLines(context, (columns, style) =>
      chartLines(trend, columns, style, { ...asked, weekdays: () => weekdayPattern(trend.days) }),
    );
  });
}

/** A line for each day of the span, null where there is no entry or no mean. */
function dayJson({ span, days, means }: ReturnType<typeof trendOf>["trend"]) {
  const byDay = new Map(days.map((day) => [day.day, day]));
  return Array.from({ length: lengthOf(span) }, (_, at) => {
    const day = byDay.get(span.from + at);
    return {
      day: isoDay(span.from + at),
      value: day ? jsonNumber(moodOf(day)) : null,
      entries: day ? entriesOf(day) : 0,
      running_mean: Number.isNaN(means[at]!) ? null : jsonNumber(means[at]!),
    };
  });
}
