import { type AnyCommand, Command } from "../cli/command.ts";
import type { Context } from "../cli/context.ts";
import { entityJson, nowHere, printJson, printNotice, withOutputOptions } from "../cli/output-options.ts";
import { calendarOf } from "../cli/preferences.ts";
import { printLines } from "../cli/style.ts";
import { findEntry, heldContent } from "../entries/find-entry.ts";
import { knownOfEntry } from "../entries/known-of-entry.ts";
import { shortId } from "../local/queries/short-id.ts";
import type { EntityDetails } from "../output/detail-fields.ts";
import { entityDetails } from "../output/entity-details.ts";

export default function show(context: Context): AnyCommand {
  const command = new Command()
    .description("Show one entry with everything it holds, deleted ones too.")
    .argument("<id>", "its id, the first 4 or more characters of it, or @last");
  return withOutputOptions(command).action(async (reference, options) => {
    const db = await context.databaseToRead();
    const row = findEntry(db, reference, { deleted: true });
    const { entityType, id } = row;
    const content = heldContent(row);
    if (options.json) return printJson(context, entityJson(entityType, content));
    const now = nowHere(context);
    const known = knownOfEntry(db, { entityType, content }, calendarOf(context).dayStartMs);
    const details: EntityDetails = { entityType, entity: content, now, ...known };
    printLines(context, (columns, style) => entityDetails(details, columns, style));
    if (content.metadata.deleted_at !== null) {
      printNotice(context, options, `\`moodsync restore ${shortId(db, id)}\` brings it back.`);
    }
  });
}
