import { Command } from "commander";
import type { Context } from "../cli/context.ts";
import type { OutputOptions } from "../cli/output-options.ts";
import { answer, entityJson, nowHere, withOutputOptions } from "../cli/output-options.ts";
import type { Entity, EntityByType } from "../domain/entities/entity.ts";
import { MoodsyncError } from "../domain/moodsync-error.ts";
import { deletedContent, versionContent } from "../entries/restore-entry.ts";
import { activityLabels } from "../local/queries/activities.ts";
import { findRow } from "../local/queries/find.ts";
import { shortId } from "../local/queries/short-id.ts";
import { writeAs } from "../local/versions/write.ts";
import { entityLine } from "../output/entity-line.ts";

export default function restore(context: Context): Command {
  const command = new Command()
    .description("Bring back a deleted entry, or an earlier version of an entry.")
    .argument("<id>", "its id, or the first 4 or more characters of it")
    .argument("[version]", "the first 4 or more characters of a version in `moodsync history <ID>`");
  return withOutputOptions(command).action(
    async (reference: string, version: string | undefined, options: OutputOptions) => {
      const db = await context.database();
      const now = nowHere(context);
      const { entityType, entity } = writeAs(db, { name: "restore", nowMs: now.ms }, (writer) => {
        const row = findRow(db, reference, { deleted: true });
        if (!row.deleted && version === undefined) throw notDeleted(shortId(db, row.id));
        const content = version === undefined ? deletedContent(db, row) : versionContent(db, row, version);
        const entity: Entity = writer.put(row.entityType, content as EntityByType[typeof row.entityType]);
        return { entityType: row.entityType, entity };
      });
      const line = { now, labels: activityLabels(db) };
      answer(context, options, {
        line: `Restored ${entityLine(entityType, entity, line)} · ${shortId(db, entity.id)}`,
        json: entityJson(entityType, entity),
      });
    },
  );
}

function notDeleted(id: string): MoodsyncError {
  return new MoodsyncError("invalid_input", "That entry is not deleted.", {
    hint: `\`moodsync history ${id}\` shows its earlier versions; \`moodsync restore ${id} <VERSION>\` brings one back.`,
  });
}
