import { Command } from "commander";
import { assessmentTypeOf, findInstrument } from "../../assessments/find-instrument.ts";
import type { Context } from "../../cli/context.ts";
import { readNextDue } from "../../cli/edit-options.ts";
import type { OutputOptions } from "../../cli/output-options.ts";
import { answer, entityJson, nowHere, remark, withOutputOptions } from "../../cli/output-options.ts";
import { MoodsyncError } from "../../domain/moodsync-error.ts";
import { formatTimestamp } from "../../domain/time/timestamp.ts";
import { parseFrequency } from "../../input/frequency.ts";
import { schedulesOf } from "../../local/queries/schedules.ts";
import { shortId } from "../../local/queries/short-id.ts";
import { freeScheduleId } from "../../local/versions/natural-id.ts";
import { writeAs } from "../../local/versions/write.ts";
import { entityLine } from "../../output/entity-line.ts";

const PERIOD_DAYS = { Daily: 1, Weekly: 7, Biweekly: 14, Monthly: 28 };

export default function addSchedule(context: Context): Command {
  const command = new Command()
    .description("Say how often an assessment is due. Logging one moves the due date on.")
    .argument("<type>", "PHQ-9, GAD-7, … or one of your own")
    .argument("<frequency>", "daily, weekly, biweekly or monthly")
    .option("--next-due <when>", "when it is due first (now without it); later dates are counted from it");
  return withOutputOptions(command).action(
    async (typed: string, howOften: string, options: OutputOptions & { nextDue?: string }) => {
      const now = nowHere(context);
      const assessmentType = assessmentTypeOf(typed);
      const frequency = parseFrequency(howOften);
      const dueAt = options.nextDue ? await readNextDue(options.nextDue, now.ms) : formatTimestamp(now);
      const db = await context.database();
      const schedule = writeAs(db, { name: "schedule add", nowMs: now.ms }, (writer) => {
        if (schedulesOf(db, assessmentType).length > 0) throw alreadyThere();
        return writer.put("Schedule", {
          id: freeScheduleId(db, assessmentType),
          assessment_type: assessmentType,
          frequency,
          enabled: true,
          next_due_at: dueAt,
          anchor_at: dueAt!,
        });
      });
      answer(context, options, {
        line: `Added ${entityLine("Schedule", schedule, { now, labels: new Map() })} · ${shortId(db, schedule.id)}`,
        json: entityJson("Schedule", schedule),
      });
      const recallDays = findInstrument(assessmentType)?.recallDays ?? 0;
      if (PERIOD_DAYS[frequency] < recallDays) {
        remark(
          context,
          options,
          `It asks about the last ${recallDays} days, so answers taken more often overlap.`,
        );
      }
    },
  );
}

function alreadyThere(): MoodsyncError {
  return new MoodsyncError("invalid_input", "That assessment has a schedule already.", {
    hint: "`moodsync schedule edit` changes it.",
  });
}
