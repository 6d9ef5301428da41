import { type AnyCommand, Command } from "../cli/command.ts";
import type { Context } from "../cli/context.ts";
import { printJson, printNotice, withOutputOptions } from "../cli/output-options.ts";
import { MoodsyncError } from "../domain/moodsync-error.ts";
import { printableJson } from "../output/terminal-text.ts";
import { exportEntities } from "../transfer/json-export.ts";
import { writeOwnFile } from "../transfer/write-file.ts";

export default function exportCommand(context: Context): AnyCommand {
  const command = new Command()
    .description("Write everything on this device to a file that only you can read, or to standard output.")
    .option("--format <format>", "json", "json")
    .option("-o, --output <file>", "the file; - or none for standard output")
    .option("--force", "replace the file if it exists")
    .option("--deleted", "include deleted entries");
  return withOutputOptions(command).action(async ({ format, output, force, ...options }) => {
    if (format !== "json") {
      throw new MoodsyncError("usage", "There is no such format.", { hint: "The format is json." });
    }
    const exported = exportEntities(await context.databaseToRead(), { deleted: options.deleted });
    const text = `${printableJson(exported, 2)}\n`;
    if (output === undefined || output === "-") return void context.stdout.write(text);
    writeOwnFile(output, text, { force: force ?? false, home: context.home });
    context.changed();
    const count = Object.values(exported.entities).reduce((sum, entities) => sum + entities.length, 0);
    if (options.json) printJson(context, { exported: count });
    else printNotice(context, options, `Exported ${count} ${count === 1 ? "entry" : "entries"}.`);
  });
}
