import { type AnyCommand, Command } from "../cli/command.ts";
import type { Context } from "../cli/context.ts";
import { nowHere, printJson } from "../cli/output-options.ts";
import { calendarOf } from "../cli/preferences.ts";
import { systemZone } from "../input/system-zone.ts";
import { type DueSchedule, dueSchedules } from "../local/queries/due-schedules.ts";
import { formatMoment } from "../output/moment.ts";
import { formatTable } from "../output/table.ts";
import { textLines } from "../output/terminal-text.ts";

/** What `--exit-code` answers when something is due, as `git diff --exit-code` does. */
const SOMETHING_IS_DUE = 1;

export default function due(context: Context): AnyCommand {
  return new Command()
    .description("Show which assessments are due. It never shows a score.")
    .option("--short", "a few words for a shell prompt; nothing when nothing is due")
    .option("--exit-code", "exit with 1 when something is due, else with 0")
    .option("--json", "print JSON")
    .option("-q, --quiet", "print nothing, for --exit-code")
    .action(async (options) => {
      const now = nowHere(context);
      const { due, next } = dueSchedules(await context.databaseToRead(), {
        nowMs: now.ms,
        zone: systemZone,
        dayStartMs: calendarOf(context).dayStartMs,
      });
      if (options.json) printJson(context, due.map(dueJson));
      else if (!options.quiet) context.stdout.write(options.short ? shortText(due) : fullText(due, next));
      if (options.exitCode && due.length > 0) context.exitWith(SOMETHING_IS_DUE);

      function fullText(schedules: readonly DueSchedule[], next: DueSchedule | null): string {
        if (schedules.length > 0) return formatTable(schedules.map(toRow));
        if (!next) return "Nothing is due. `moodsync schedule add PHQ-9 biweekly` plans an assessment.\n";
        return textLines([`Nothing is due. Next: ${next.assessmentType}, ${formatMoment(next.dueAt, now)}.`]);
      }

      function toRow({ assessmentType, isOverdue, dueAt }: DueSchedule): string[] {
        return [assessmentType, isOverdue ? "overdue" : "due", `since ${formatMoment(dueAt, now)}`];
      }
    });
}

/** A due schedule as `--json` prints it. */
export function dueJson({ id, assessmentType, frequency, nextDueAt, isOverdue }: DueSchedule) {
  return { id, assessment_type: assessmentType, frequency, next_due_at: nextDueAt, overdue: isOverdue };
}

function shortText(due: readonly DueSchedule[]): string {
  return due.length === 0 ? "" : `${due.length} due\n`;
}
