import { resolve } from "node:path";
import { answersTheseQuestions } from "../assessments/known-version.ts";
import { isAnswerable } from "../assessments/questionnaire.ts";
import { type AnyCommand, Command } from "../cli/command.ts";
import type { Context } from "../cli/context.ts";
import { spanJson } from "../cli/insight-json.ts";
import { readMoodSpan } from "../cli/mood-span.ts";
import { answer, withOutputOptions } from "../cli/output-options.ts";
import { settingsOf } from "../cli/preferences.ts";
import { styleOf } from "../cli/style.ts";
import { collect } from "../cli/typed-activities.ts";
import type { MoodEntry } from "../domain/entities/mood-entry.ts";
import { MoodsyncError } from "../domain/moodsync-error.ts";
import { characterCount } from "../domain/text/text.ts";
import { findEntry } from "../entries/find-entry.ts";
import { comparedActivities, statsOf, takenResults, trendOf } from "../figures/mood-figures.ts";
import { daysOf, type MoodSpan } from "../figures/mood-span.ts";
import { compareActivities } from "../insights/activities.ts";
import { type AssessmentSeries, assessmentSeries, type TakenResult } from "../insights/assessments.ts";
import { rangeWords } from "../output/day-words.ts";
import {
  type AnswerSheet,
  FIRST_PAGE_SERIES,
  type Report,
  type ReportNote,
} from "../output/report/report.ts";
import { reportPage } from "../output/report/report-page.ts";
import { packageVersion } from "../package-root.ts";
import { writeOwnFile } from "../transfer/write-file.ts";

const FALLBACK = "90d";
/** More would not stand on the line of the page. */
const MAX_NAME = 80;

interface ReportOptions {
  name?: string | undefined;
  note?: readonly string[] | undefined;
  items?: boolean | undefined;
  more?: boolean | undefined;
}

export default function report(context: Context): AnyCommand {
  const command = new Command()
    .description(
      "Write one page to print, as for a therapist: moods, assessments, weekdays and what goes with them. It names nobody, and has no notes and no single answers, unless asked.",
    )
    .argument("[period]", "which days, like 90d, 1y, 2026-03 or 2026-01-01..2026-03-31", FALLBACK)
    .option("-o, --output <file>", "the file, which only you can read; - for standard output")
    .option("--force", "replace the file if it exists")
    .option("--name <name>", "your name; without it, a line to write it on")
    .option("--note <id>", "the note of a mood, on a second page; may be repeated", collect)
    .option("--items", "the single answers on a second page, question 9 of the PHQ-9 among them")
    .option("--more", "all activities and assessments on a second page");
  return withOutputOptions(command).action(async (period, { output, force, ...options }) => {
    if (output === undefined) {
      throw new MoodsyncError("usage", "Name the file of the report.", {
        hint: "`moodsync report -o report.html` writes it; - is standard output.",
      });
    }
    const asked = await readMoodSpan(context, period, FALLBACK);
    const made = reportOf(context, asked, options);
    const page = reportPage(made);
    if (output === "-") return void context.stdout.write(page);
    await writeOwnFile(output, [page], { force: force ?? false, home: context.home });
    const file = resolve(output);
    const { entries, days } = made.stats.summary;
    answer(context, options, {
      line: `Report of ${rangeWords(asked.span)}: ${file}${styleOf(context).separator}whoever has that file can read it`,
      bold: file,
      json: { file, period: spanJson(asked.span), days, entries },
    });
  });
}

function reportOf(context: Context, asked: MoodSpan, options: ReportOptions): Report {
  const { span, today, weekStart } = asked;
  const results = takenResults(asked).filter(({ day }) => day <= span.to);
  const series = assessmentSeries(results, []);
  return {
    span,
    madeOn: today,
    name: nameOf(options.name),
    stats: statsOf(asked),
    trend: trendOf(asked).trend,
    comparison: compareActivities(daysOf(asked, span, { activities: true }), comparedActivities(asked)),
    series,
    more: {
      notes: (options.note ?? []).map((reference) => noteOf(asked, reference)),
      answers: options.items
        ? answerSheets(options.more ? series : series.slice(0, FIRST_PAGE_SERIES), results)
        : null,
      isWhole: options.more ?? false,
    },
    palette: settingsOf(context).palette,
    weekStart,
    version: packageVersion(),
  };
}

/** Throws `invalid_input` for an empty or a very long one. */
function nameOf(typed: string | undefined): string | null {
  const name = typed?.trim();
  if (name === undefined) return null;
  if (name !== "" && characterCount(name) <= MAX_NAME) return name;
  throw new MoodsyncError("invalid_input", `The name must have 1 to ${MAX_NAME} characters.`, {
    hint: "Without --name the page has a line to write it on.",
  });
}

/** Throws what `findEntry` throws, and `invalid_input` where there is no note. */
function noteOf({ db }: MoodSpan, reference: string): ReportNote {
  const { entityType, content } = findEntry(db, reference);
  const mood = entityType === "MoodEntry" ? (content as MoodEntry) : null;
  if (mood?.note) return { recordedAt: mood.recorded_at, value: mood.value, text: mood.note };
  throw new MoodsyncError("invalid_input", "That entry has no note.", {
    hint: "`moodsync list --notes` shows the moods that have one.",
  });
}

/** The answers that are there and whose questions are known: a score from elsewhere has none, nor has an assessment that
 *  is only known by its score, and another version may have asked something else. */
function answerSheets(series: readonly AssessmentSeries[], results: readonly TakenResult[]): AnswerSheet[] {
  const entryOf = new Map(results.map(({ entry }) => [entry.id, entry]));
  return series.flatMap(({ type, instrument, results: ofType }) => {
    if (!isAnswerable(instrument)) return [];
    const { items, options } = instrument.questions;
    const times = ofType.flatMap(({ id, day, score }) => {
      const entry = entryOf.get(id)!;
      return answersTheseQuestions(instrument, entry) ? [{ day, score, answers: entry.answers! }] : [];
    });
    return times.length === 0
      ? []
      : [
          {
            type,
            items: items.map(({ text }) => text),
            options: options.map(({ value, label }) => `${value} ${label.toLowerCase()}`),
            times,
          },
        ];
  });
}
