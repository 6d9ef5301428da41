import { type AnyCommand, Command } from "../cli/command.ts";
import type { Context } from "../cli/context.ts";
import { spanJson, valuesJson } from "../cli/insight-json.ts";
import { daysOf, readMoodSpan } from "../cli/mood-span.ts";
import { printJson, withOutputOptions } from "../cli/output-options.ts";
import { printLines } from "../cli/style.ts";
import { MoodsyncError } from "../domain/moodsync-error.ts";
import { dateOfDay, dayOfDate } from "../input/calendar.ts";
import type { Day } from "../insights/day.ts";
import { activityLabels } from "../local/queries/activities.ts";
import { calendarLines } from "../output/calendar-lines.ts";

export default function calendar(context: Context): AnyCommand {
  const command = new Command()
    .description("Draw a month of days with their moods.")
    .argument("[month]", "a month like 2026-10, october or lastmonth", "month");
  return withOutputOptions(command).action(async (typed, options) => {
    const asked = await readMoodSpan(context, typed, "month");
    const { year, month: number } = dateOfDay(asked.span.from);
    const month = { from: dayOfDate(year, number, 1), to: dayOfDate(year, number + 1, 0) };
    if (asked.span.to > month.to) {
      throw new MoodsyncError("invalid_input", "A calendar shows one month, and that period lies in more.", {
        hint: "`moodsync pixels` draws months below each other.",
      });
    }
    const span = { from: month.from, to: Math.min(month.to, asked.today) };
    const days = daysOf(asked, span, { activities: true });
    const activities = mostNamed(days, activityLabels(asked.db));
    if (options.json) {
      return printJson(context, { period: spanJson(span), values: valuesJson(days), activities });
    }
    printLines(context, (columns, style) =>
      calendarLines({ month, span, days, activities }, columns, style, asked),
    );
  });
}

function mostNamed(
  days: readonly Day[],
  labels: ReadonlyMap<string, string>,
): { label: string; days: number }[] {
  const counts = new Map<string, number>();
  for (const id of days.flatMap(({ activities }) => activities)) counts.set(id, (counts.get(id) ?? 0) + 1);
  return [...counts]
    .flatMap(([id, count]) => (labels.has(id) ? [{ label: labels.get(id)!, days: count }] : []))
    .sort((a, b) => b.days - a.days || (a.label < b.label ? -1 : 1));
}
