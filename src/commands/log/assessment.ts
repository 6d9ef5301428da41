import { randomUUID } from "node:crypto";
import type Database from "better-sqlite3";
import { Command } from "commander";
import { assessmentTypeOf, findInstrument } from "../../assessments/find-instrument.ts";
import { scoreResult } from "../../assessments/typed-result.ts";
import type { Context } from "../../cli/context.ts";
import type { OutputOptions } from "../../cli/output-options.ts";
import { answer, entityJson, nowHere, remark, withOutputOptions } from "../../cli/output-options.ts";
import { showSafetyNotice } from "../../cli/safety.ts";
import type { AssessmentEntry } from "../../domain/entities/assessment-entry.ts";
import { formatTimestamp, parseTimestamp, timestampToMs } from "../../domain/time/timestamp.ts";
import { parseAnswers } from "../../input/answers.ts";
import { systemZone } from "../../input/system-zone.ts";
import { parseWhen } from "../../input/when.ts";
import { parseDifficulty, parseWholeNumber } from "../../input/whole-number.ts";
import { listRows } from "../../local/queries/list-rows.ts";
import { advanceSchedules } from "../../local/queries/schedules.ts";
import { shortId } from "../../local/queries/short-id.ts";
import { writeAs } from "../../local/versions/write.ts";
import { dueText, entityLine } from "../../output/entity-line.ts";
import { formatMoment } from "../../output/moment.ts";

interface Options extends OutputOptions {
  answers?: string;
  score?: string;
  difficulty?: string;
  at?: string;
}

const DAY_MS = 24 * 60 * 60_000;

export default function logAssessment(context: Context): Command {
  const command = new Command()
    .description("Log a self-assessment by its answers or by its total score.")
    .argument("<type>", "PHQ-9, GAD-7, … or one of your own (with --score)")
    .option("--answers <list>", "one answer for each item: 0,1,2,…")
    .option("--score <total>", "a total that was obtained elsewhere")
    .option("--difficulty <0-3>", "how difficult the problems made life, 0 (not at all) to 3; not scored")
    .option("--at <when>", 'when it was taken: "2026-03-02 21:00", "yesterday 9pm", RFC 3339')
    .addHelpText("after", "\nExample: moodsync log assessment phq9 --answers 0,1,1,2,0,1,1,0,0");
  return withOutputOptions(command).action(async (typed: string, options: Options) => {
    const now = nowHere(context);
    const assessmentType = assessmentTypeOf(typed);
    const result = scoreResult(assessmentType, {
      answers: options.answers === undefined ? undefined : parseAnswers(options.answers),
      score: options.score === undefined ? undefined : parseWholeNumber(options.score, "The score"),
    });
    const difficulty =
      options.difficulty === undefined ? {} : { difficulty: parseDifficulty(options.difficulty) };
    const takenAt = options.at === undefined ? now : await parseWhen(options.at, { nowMs: now.ms });
    const safety = showSafetyNotice(context, { assessment_type: assessmentType, ...result });
    const db = await context.database();
    const { entry, schedules } = writeAs(db, { name: "log assessment", nowMs: now.ms }, (writer) => ({
      entry: writer.put("AssessmentEntry", {
        id: randomUUID(),
        assessment_type: assessmentType,
        ...result,
        ...difficulty,
        taken_at: formatTimestamp(takenAt),
      }),
      schedules: advanceSchedules(db, writer, { assessmentType, takenMs: takenAt.ms, zone: systemZone }),
    }));
    const line = { now, labels: new Map<string, string>() };
    answer(context, options, {
      line: `Logged ${entityLine("AssessmentEntry", entry, line)} · ${shortId(db, entry.id)}`,
      json: { ...entityJson("AssessmentEntry", entry), safety },
    });
    for (const schedule of schedules) remark(context, options, `${capitalised(dueText(schedule, now))}.`);
    const overlap = findOverlap(db, entry);
    if (overlap) {
      const { days, other } = overlap;
      const moment = formatMoment(parseTimestamp(other.taken_at)!, now);
      remark(
        context,
        options,
        `${days} of the days it asks about are in the ${assessmentType} of ${moment}, too.`,
      );
    }
  });
}

/** The nearest other result of the same instrument whose recall window overlaps, and by how many days. */
function findOverlap(
  db: Database.Database,
  entry: AssessmentEntry,
): { days: number; other: AssessmentEntry } | null {
  const recallDays = findInstrument(entry.assessment_type)?.recallDays;
  if (recallDays === undefined) return null;
  const distanceMs = (other: AssessmentEntry) =>
    Math.abs(timestampToMs(other.taken_at) - timestampToMs(entry.taken_at));
  const [nearest] = listRows(db, "AssessmentEntry")
    .map((row) => row.entity as AssessmentEntry)
    .filter((other) => other.assessment_type === entry.assessment_type && other.id !== entry.id)
    .sort((a, b) => distanceMs(a) - distanceMs(b));
  const days = nearest ? recallDays - Math.floor(distanceMs(nearest) / DAY_MS) : 0;
  return nearest && days > 0 ? { days, other: nearest } : null;
}

function capitalised(text: string): string {
  return text.charAt(0).toUpperCase() + text.slice(1);
}
