import { assessmentTypeOf } from "../../assessments/find-instrument.ts";
import { type AnyCommand, Command } from "../../cli/command.ts";
import type { Context } from "../../cli/context.ts";
import { readNextDue } from "../../cli/edit-options.ts";
import { openEntries } from "../../cli/open-entries.ts";
import {
  answer,
  entityJson,
  lineContext,
  nowHere,
  printNotice,
  withOutputOptions,
} from "../../cli/output-options.ts";
import { addSchedule, overlappingRecallDays } from "../../entries/schedules.ts";
import { parseFrequency } from "../../input/frequency.ts";
import { shortId } from "../../local/queries/short-id.ts";
import { entityLine } from "../../output/entity-line.ts";

export default function addScheduleCommand(context: Context): AnyCommand {
  const command = new Command()
    .description("Say how often an assessment is due. Logging one moves the due date on.")
    .argument("<type>", "PHQ-9, GAD-7, … or one of your own")
    .argument("<frequency>", "daily, weekly, biweekly or monthly")
    .option("--next-due <when>", "when it is due first (now without it); later dates are counted from it");
  return withOutputOptions(command).action(async (typed, howOften, options) => {
    const now = nowHere(context);
    const assessmentType = assessmentTypeOf(typed);
    const frequency = parseFrequency(howOften);
    const dueAt = options.nextDue ? await readNextDue(options.nextDue, now.ms) : null;
    const entries = await openEntries(context, now.ms);
    const schedule = addSchedule(entries, {
      assessment_type: assessmentType,
      frequency,
      ...(dueAt === null ? {} : { next_due_at: dueAt }),
    });
    const line = { ...lineContext(context, new Map()), now };
    answer(context, options, {
      line: `Added ${entityLine("Schedule", schedule, line)}${line.separator}${shortId(entries.db, schedule.id)}`,
      json: entityJson("Schedule", schedule),
    });
    const recallDays = overlappingRecallDays(schedule);
    if (recallDays !== null) {
      printNotice(
        context,
        options,
        `It asks about the last ${recallDays} days, so answers taken more often overlap.`,
      );
    }
  });
}
