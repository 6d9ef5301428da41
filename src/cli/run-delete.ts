import type Database from "better-sqlite3";
import { EXIT_CODE } from "../domain/exit-code.ts";
import { deleteEntries } from "../entries/delete-entries.ts";
import { forgetOldDrafts } from "../entries/old-drafts.ts";
import { shownLabels } from "../local/queries/activities.ts";
import { shortId } from "../local/queries/short-id.ts";
import type { StoredRow } from "../local/versions/rows.ts";
import { entityLine } from "../output/entity-line.ts";
import { confirm } from "./confirm.ts";
import type { Context } from "./context.ts";
import { openEntries } from "./open-entries.ts";
import type { OutputOptions } from "./output-options.ts";
import { entityJson, lineContext, printJson, printNotice } from "./output-options.ts";

/** Deletes all of the rows that are found or none, as the command of these words; on a terminal the person is asked
 *  first. Prints what is gone; with `--json` an array of the deleted entities. */
export async function runDelete(
  context: Context,
  options: OutputOptions & { yes?: boolean },
  given: { command: string; find(db: Database.Database): StoredRow[] },
): Promise<void> {
  const db = await context.database();
  const rows = [...new Map(given.find(db).map((row) => [row.id, row])).values()];
  const line = lineContext(context, shownLabels(db));
  const lines = rows.map(
    (row) => `${entityLine(row.entityType, row.entity!, line)}${line.separator}${shortId(db, row.id)}`,
  );
  if (!options.yes) {
    const question =
      rows.length === 1 ? `Delete ${lines[0]}?` : `${lines.join("\n")}\nDelete these ${rows.length}?`;
    if (!(await confirm(context, question))) {
      printNotice(context, options, "Nothing was deleted.");
      return context.exitWith(EXIT_CODE.failure);
    }
  }
  const entries = await openEntries(context);
  const deleted = deleteEntries(entries, rows, { command: given.command });
  forgetOldDrafts(entries, context.home.stateDir);
  context.changed();
  if (options.json) {
    return printJson(
      context,
      deleted.map(({ entityType, content }) => entityJson(entityType, content!)),
    );
  }
  if (options.quiet) return;
  for (const text of lines) context.stdout.write(`Deleted ${text}\n`);
  const [only, another] = rows;
  const back = another ? "undo` brings them back." : `restore ${shortId(db, only!.id)}\` brings it back.`;
  printNotice(context, options, `\`moodsync ${back}`);
}
