import { assessmentTypeOf, findInstrument } from "../../assessments/find-instrument.ts";
import type { AnswerableInstrument } from "../../assessments/instrument.ts";
import { isAnswerable } from "../../assessments/questionnaire.ts";
import { valueRange } from "../../assessments/score.ts";
import { scoreResult } from "../../assessments/typed-result.ts";
import { type AnyCommand, Command } from "../../cli/command.ts";
import type { Context } from "../../cli/context.ts";
import { fireHook } from "../../cli/fire-hook.ts";
import { openEntries } from "../../cli/open-entries.ts";
import {
  answer,
  entityJson,
  lineContext,
  nowHere,
  printNotice,
  withOutputOptions,
} from "../../cli/output-options.ts";
import { showSafetyNotice } from "../../cli/safety.ts";
import { takeQuestions } from "../../cli/take-questions.ts";
import { MoodsyncError } from "../../domain/moodsync-error.ts";
import { formatTimestamp } from "../../domain/time/timestamp.ts";
import { earlierResults } from "../../entries/earlier-results.ts";
import { logAssessment } from "../../entries/log-assessment.ts";
import { parseAnswers } from "../../input/answers.ts";
import { parseWhen } from "../../input/when.ts";
import { parseDifficulty, parseWholeNumber } from "../../input/whole-number.ts";
import { shortId } from "../../local/queries/short-id.ts";
import { dueText, entityLine } from "../../output/entity-line.ts";
import { changesInWords, nextInWords } from "../../output/questionnaire/questions-in-words.ts";
import { overlapSentence } from "../../output/questionnaire/result-facts.ts";

export default function logAssessmentCommand(context: Context): AnyCommand {
  const command = new Command()
    .description("Take a self-assessment on a terminal, or log one by its answers or its total score.")
    .argument("<type>", "PHQ-9, GAD-7, … or one of your own (with --score)")
    .option("--answers <list>", "one answer for each item: 0,1,2,…")
    .option("--score <total>", "a total from elsewhere")
    .option("--difficulty <0-3>", "how difficult the problems made life, 0 (not at all) to 3; not scored")
    .option("--at <when>", 'when it was taken: "2026-03-02 21:00", "yesterday 9pm", RFC 3339');
  return withOutputOptions(command).action(async (typed, options) => {
    const now = nowHere(context);
    const assessmentType = assessmentTypeOf(typed);
    const given = {
      answers: options.answers === undefined ? undefined : parseAnswers(options.answers),
      score: options.score === undefined ? undefined : parseWholeNumber(options.score, "The score"),
    };
    const difficulty =
      options.difficulty === undefined ? {} : { difficulty: parseDifficulty(options.difficulty) };
    const typedAt = options.at === undefined ? null : await parseWhen(options.at, { nowMs: now.ms });
    if (given.answers === undefined && given.score === undefined) {
      const instrument = instrumentToAsk(context, assessmentType, options);
      return await takeQuestions(context, instrument, {
        ...options,
        takenAt: typedAt && formatTimestamp(typedAt),
      });
    }
    const result = scoreResult(assessmentType, given);
    const takenAt = typedAt ?? now;
    const safety = showSafetyNotice(context, { assessment_type: assessmentType, ...result });
    const entries = await openEntries(context, now.ms);
    const logged = logAssessment(entries, {
      assessment_type: assessmentType,
      ...given,
      ...difficulty,
      taken_at: formatTimestamp(takenAt),
    });
    const { assessment, schedules, overlap } = logged;
    const line = { ...lineContext(context, new Map()), now, saysYesterday: true };
    answer(context, options, {
      line: `Logged ${entityLine("AssessmentEntry", assessment, line)}${line.separator}${shortId(entries.db, assessment.id)}`,
      json: { ...entityJson("AssessmentEntry", assessment), safety },
    });
    const instrument = findInstrument(assessmentType);
    if (context.stdout.isTTY && given.answers && isAnswerable(instrument)) {
      const shown = { ...logged, ...earlierResults(entries.db, assessment), instrument };
      for (const text of [...changesInWords(shown, now), nextInWords(shown, now)])
        printNotice(context, options, text);
    }
    for (const schedule of schedules)
      printNotice(context, options, `${capitalised(dueText(schedule, now))}.`);
    if (overlap) printNotice(context, options, overlapSentence(overlap));
    await fireHook(context, options, "on-log", { entity: entityJson("AssessmentEntry", assessment) });
  });
}

/** The instrument whose questions are asked, because neither answers nor a total were given. Throws `usage` with the line
 *  that would be right, where they cannot be asked. */
function instrumentToAsk(
  { stdin, stderr }: Context,
  assessmentType: string,
  options: { json?: boolean; difficulty?: string },
): AnswerableInstrument {
  const instrument = findInstrument(assessmentType);
  if (!instrument) {
    throw new MoodsyncError("usage", "This assessment is not known here, so give its total.", {
      hint: "`--score 12` after its name takes a total of 12.",
    });
  }
  const line = `\`moodsync log assessment ${instrument.id}`;
  if (!isAnswerable(instrument)) {
    throw new MoodsyncError(
      "usage",
      `${instrument.name} is recorded by its total score; its licence keeps its questions from being shown here.`,
      {
        hint: `${line} --score ${instrument.score.max}\` takes a total of ${instrument.score.max}.`,
      },
    );
  }
  const { min, max } = valueRange(instrument.questions);
  const count = instrument.questions.items.length;
  const example = Array.from({ length: count }, (_, index) => min + (index % 2)).join(",");
  const hint = `${line} --answers ${example}\` gives its ${count} answers, each from ${min} to ${max}; --score takes a total.`;
  if (options.json) throw new MoodsyncError("usage", "With --json no questions are asked.", { hint });
  if (!stdin.isTTY || !stderr.isTTY) {
    throw new MoodsyncError("usage", "The questions can be asked on a terminal only.", { hint });
  }
  if (options.difficulty !== undefined) {
    throw new MoodsyncError("usage", "--difficulty goes with --answers or --score.", { hint });
  }
  return instrument;
}

function capitalised(text: string): string {
  return text.charAt(0).toUpperCase() + text.slice(1);
}
