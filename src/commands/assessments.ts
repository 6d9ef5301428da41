import { assessmentTypeOf, INSTRUMENTS } from "../assessments/find-instrument.ts";
import { type AnyCommand, Command } from "../cli/command.ts";
import type { Context } from "../cli/context.ts";
import { assessmentsJson } from "../cli/insight-json.ts";
import { readMoodSpan } from "../cli/mood-span.ts";
import { printJson, withOutputOptions } from "../cli/output-options.ts";
import { printLines } from "../cli/style.ts";
import { takenResults } from "../figures/mood-figures.ts";
import { daysOf } from "../figures/mood-span.ts";
import { dateOfDay } from "../input/calendar.ts";
import { assessmentSeries } from "../insights/assessments.ts";
import { assessmentLines } from "../output/assessment-lines.ts";
import { sourceJson, sourceLines } from "../output/instrument-sources.ts";
import { textLines } from "../output/terminal-text.ts";

/** Results of each assessment, and of one that is named. */
const ROWS = 5;
const ROWS_WIDE = 6;
const NONE = "No results yet. `moodsync log assessment phq9 --score 9` takes one from elsewhere.\n";

export default function assessments(context: Context): AnyCommand {
  const command = new Command()
    .description("Show the scores of assessments over time, with their bands and changes.")
    .argument("[type]", "one assessment, with all of its results")
    .option("--sources", "print where the assessments come from: publications, figures and licences");
  return withOutputOptions(command).action(async (typed, options) => {
    if (options.sources) {
      if (options.json) return printJson(context, INSTRUMENTS.map(sourceJson));
      const columns = context.stdout.columns || undefined;
      return void context.stdout.write(textLines(sourceLines(INSTRUMENTS, { columns })));
    }
    const type = typed === undefined ? null : assessmentTypeOf(typed);
    const asked = await readMoodSpan(context, undefined, "all");
    const results = takenResults(asked).filter(
      ({ entry }) => type === null || entry.assessment_type === type,
    );
    const series = assessmentSeries(
      results,
      daysOf(asked, { from: Number.MIN_SAFE_INTEGER, to: asked.today }),
    );
    if (options.json) return printJson(context, assessmentsJson(series));
    if (series.length === 0) return void context.stdout.write(NONE);
    const { year } = dateOfDay(asked.today);
    printLines(context, (columns, style) => {
      const few = columns >= 116 ? ROWS_WIDE : ROWS;
      return assessmentLines(series, columns, style, {
        rows: type === null ? few : Number.POSITIVE_INFINITY,
        year,
      });
    });
  });
}
