import { type AnyCommand, Command } from "../cli/command.ts";
import type { Context } from "../cli/context.ts";
import { openEntries } from "../cli/open-entries.ts";
import { answer, entityJson, lineContext, withOutputOptions } from "../cli/output-options.ts";
import { showNoticeOfResults } from "../cli/safety.ts";
import { findEntry } from "../entries/find-entry.ts";
import { restoreEntry } from "../entries/restore-entry.ts";
import { recentResult } from "../entries/safety-notice.ts";
import { shownLabels } from "../local/queries/activities.ts";
import { shortId } from "../local/queries/short-id.ts";
import { entityLine } from "../output/entity-line.ts";

export default function restoreCommand(context: Context): AnyCommand {
  const command = new Command()
    .description("Bring back a deleted entry, or an earlier version of an entry.")
    .argument("<id>", "its id, or the first 4 or more characters of it")
    .argument("[version]", "the first 4 or more characters of a version in `moodsync history <ID>`");
  return withOutputOptions(command).action(async (reference, version, options) => {
    const entries = await openEntries(context);
    const { db } = entries;
    const row = findEntry(db, reference, { deleted: true });
    const { entityType, id, entity: before } = row;
    const entity = restoreEntry(entries, row, version);
    const result = recentResult({ entityType, id, before, after: entity }, entries.nowMs);
    const safety =
      entityType === "AssessmentEntry"
        ? { safety: showNoticeOfResults(context, result ? [result] : []) }
        : {};
    const line = lineContext(context, shownLabels(db));
    answer(context, options, {
      line: `Restored ${entityLine(entityType, entity, line)}${line.separator}${shortId(db, entity.id)}`,
      json: { ...entityJson(entityType, entity), ...safety },
    });
  });
}
