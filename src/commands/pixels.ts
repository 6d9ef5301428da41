import { type AnyCommand, Command } from "../cli/command.ts";
import type { Context } from "../cli/context.ts";
import { spanJson, valuesJson } from "../cli/insight-json.ts";
import { readMoodSpan } from "../cli/mood-span.ts";
import { printJson, withOutputOptions } from "../cli/output-options.ts";
import { printLines } from "../cli/style.ts";
import { twelveMonthsTo } from "../figures/mood-figures.ts";
import { daysOf } from "../figures/mood-span.ts";
import { NO_MOODS } from "../output/empty-words.ts";
import { pixelsLines } from "../output/pixels-lines.ts";

export default function pixels(context: Context): AnyCommand {
  const command = new Command()
    .description("Draw a year of days, each with the digit and the colour of its mood.")
    .argument("[period]", "a year like 2026, or another period; the last twelve months when not said");
  return withOutputOptions(command).action(async (period, options) => {
    const asked = await readMoodSpan(context, period, "1y");
    const span = period === undefined ? twelveMonthsTo(asked.today, asked.today) : asked.span;
    const days = daysOf(asked, span);
    if (options.json) return printJson(context, { period: spanJson(span), values: valuesJson(days) });
    if (period === undefined && days.length === 0) return void context.stdout.write(`${NO_MOODS}\n`);
    printLines(context, (columns, style) => pixelsLines({ span, days }, columns, style));
  });
}
