import { type AnyCommand, Command } from "../cli/command.ts";
import type { Context } from "../cli/context.ts";
import { spanJson, valuesJson } from "../cli/insight-json.ts";
import { readMoodSpan } from "../cli/mood-span.ts";
import { printJson, withOutputOptions } from "../cli/output-options.ts";
import { printLines } from "../cli/style.ts";
import { MoodsyncError } from "../domain/moodsync-error.ts";
import { calendarMonthOf } from "../figures/mood-figures.ts";
import { calendarLines } from "../output/calendar-lines.ts";

export default function calendar(context: Context): AnyCommand {
  const command = new Command()
    .description("Draw a month of days with their moods.")
    .argument("[month]", "a month like 2026-10, october or lastmonth", "month");
  return withOutputOptions(command).action(async (typed, options) => {
    const asked = await readMoodSpan(context, typed, "month");
    const { month, span, days, activities } = calendarMonthOf(asked, asked.span.from);
    if (asked.span.to > month.to) {
      throw new MoodsyncError("invalid_input", "A calendar shows one month, and that period lies in more.", {
        hint: "`moodsync pixels` draws months below each other.",
      });
    }
    if (options.json) {
      return printJson(context, { period: spanJson(span), values: valuesJson(days), activities });
    }
    printLines(context, (columns, style) =>
      calendarLines({ month, span, days, activities }, columns, style, asked),
    );
  });
}
