import { assessmentTypeOf } from "../../assessments/find-instrument.ts";
import { scoreResult } from "../../assessments/typed-result.ts";
import { type AnyCommand, Command } from "../../cli/command.ts";
import type { Context } from "../../cli/context.ts";
import { openEntries } from "../../cli/open-entries.ts";
import { answer, entityJson, nowHere, printNotice, withOutputOptions } from "../../cli/output-options.ts";
import { showSafetyNotice } from "../../cli/safety.ts";
import { formatTimestamp, parseTimestamp } from "../../domain/time/timestamp.ts";
import { logAssessment } from "../../entries/log-assessment.ts";
import { parseAnswers } from "../../input/answers.ts";
import { parseWhen } from "../../input/when.ts";
import { parseDifficulty, parseWholeNumber } from "../../input/whole-number.ts";
import { shortId } from "../../local/queries/short-id.ts";
import { dueText, entityLine } from "../../output/entity-line.ts";
import { formatMoment } from "../../output/moment.ts";

export default function logAssessmentCommand(context: Context): AnyCommand {
  const command = new Command()
    .description("Log a self-assessment by its answers or by its total score.")
    .argument("<type>", "PHQ-9, GAD-7, … or one of your own (with --score)")
    .option("--answers <list>", "one answer for each item: 0,1,2,…")
    .option("--score <total>", "a total from elsewhere")
    .option("--difficulty <0-3>", "how difficult the problems made life, 0 (not at all) to 3; not scored")
    .option("--at <when>", 'when it was taken: "2026-03-02 21:00", "yesterday 9pm", RFC 3339')
    .addHelpText("after", "\nExample: moodsync log assessment phq9 --answers 0,1,1,2,0,1,1,0,0");
  return withOutputOptions(command).action(async (typed, options) => {
    const now = nowHere(context);
    const assessmentType = assessmentTypeOf(typed);
    const given = {
      answers: options.answers === undefined ? undefined : parseAnswers(options.answers),
      score: options.score === undefined ? undefined : parseWholeNumber(options.score, "The score"),
    };
    const result = scoreResult(assessmentType, given);
    const difficulty =
      options.difficulty === undefined ? {} : { difficulty: parseDifficulty(options.difficulty) };
    const takenAt = options.at === undefined ? now : await parseWhen(options.at, { nowMs: now.ms });
    const safety = showSafetyNotice(context, { assessment_type: assessmentType, ...result });
    const entries = await openEntries(context, now.ms);
    const { assessment, schedules, overlap } = logAssessment(entries, {
      assessment_type: assessmentType,
      ...given,
      ...difficulty,
      taken_at: formatTimestamp(takenAt),
    });
    const line = { now, labels: new Map<string, string>() };
    answer(context, options, {
      line: `Logged ${entityLine("AssessmentEntry", assessment, line)} · ${shortId(entries.db, assessment.id)}`,
      json: { ...entityJson("AssessmentEntry", assessment), safety },
    });
    for (const schedule of schedules)
      printNotice(context, options, `${capitalised(dueText(schedule, now))}.`);
    if (overlap) {
      const { days, other } = overlap;
      const moment = formatMoment(parseTimestamp(other.taken_at)!, now);
      printNotice(
        context,
        options,
        `${days} of the days it asks about are in the ${assessmentType} of ${moment}, too.`,
      );
    }
  });
}

function capitalised(text: string): string {
  return text.charAt(0).toUpperCase() + text.slice(1);
}
