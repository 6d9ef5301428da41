import { INSTRUMENTS } from "../assessments/find-instrument.ts";
import { type AnyCommand, Command } from "../cli/command.ts";
import type { Context } from "../cli/context.ts";
import { printJson, withOutputOptions } from "../cli/output-options.ts";
import { MoodsyncError } from "../domain/moodsync-error.ts";
import { sourceJson, sourceLines } from "../output/instrument-sources.ts";
import { textLines } from "../output/terminal-text.ts";

export default function assessments(context: Context): AnyCommand {
  const command = new Command()
    .description("Show where the assessments come from: their publications, figures and licences.")
    .option("--sources", "print the source and the licence of each");
  return withOutputOptions(command).action((options) => {
    if (!options.sources) {
      throw new MoodsyncError("usage", "Say what to show.", {
        hint: "`moodsync assessments --sources` prints the source and the licence of each assessment.",
      });
    }
    if (options.json) return printJson(context, INSTRUMENTS.map(sourceJson));
    const columns = context.stdout.columns || undefined;
    context.stdout.write(textLines(sourceLines(INSTRUMENTS, { columns })));
  });
}
