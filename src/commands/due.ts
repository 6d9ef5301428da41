import { findInstrument } from "../assessments/find-instrument.ts";
import { type AnyCommand, Command } from "../cli/command.ts";
import type { Context } from "../cli/context.ts";
import { nowHere, printJson } from "../cli/output-options.ts";
import { calendarOf } from "../cli/preferences.ts";
import { printLines } from "../cli/style.ts";
import { systemZone } from "../input/system-zone.ts";
import { type DueSchedule, dueSchedules } from "../local/queries/due-schedules.ts";
import { dueLines } from "../output/due-lines.ts";

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
      else if (options.short) context.stdout.write(shortText(due));
      else if (!options.quiet) {
        const shown = due.map((one) => ({ ...one, command: commandFor(one.assessmentType) }));
        printLines(context, (columns, style) => dueLines({ due: shown, next, now }, columns, style));
      }
      if (options.exitCode && due.length > 0) context.exitWith(SOMETHING_IS_DUE);
    });
}

/** A due schedule as `--json` prints it. */
export function dueJson({ id, assessmentType, frequency, nextDueAt, isOverdue }: DueSchedule) {
  return { id, assessment_type: assessmentType, frequency, next_due_at: nextDueAt, overdue: isOverdue };
}

/** How an assessment is taken, as it is typed; empty for a name that a shell would take apart. */
function commandFor(assessmentType: string): string {
  if (!/^[\w-]+$/.test(assessmentType)) return "";
  const isKnown = findInstrument(assessmentType) !== undefined;
  return `moodsync log assessment ${isKnown ? assessmentType.toLowerCase().replaceAll("-", "") : assessmentType}`;
}

function shortText(due: readonly DueSchedule[]): string {
  return due.length === 0 ? "" : `${due.length} due\n`;
}
