import { Command } from "commander";
import type { EntityType } from "../domain/entity-type.ts";
import { activityLabels } from "../local/activities.ts";
import { findRow } from "../local/find.ts";
import type { PastVersion } from "../local/history.ts";
import { listHistory } from "../local/history.ts";
import { entityRow } from "../output/entity-row.ts";
import { formatMoment } from "../output/moment.ts";
import { formatTable } from "../output/table.ts";
import type { Context } from "./context.ts";
import type { OutputOptions } from "./output-options.ts";
import { nowHere, printJson, withOutputOptions } from "./output-options.ts";

interface ListedVersion extends PastVersion {
  /** How it ended, or that it stands. */
  outcome: "current" | "replaced" | "lost" | "merged";
  reason: string | null;
}

const SHOWN_HASH_CHARACTERS = 8;

export default function history(context: Context): Command {
  const command = new Command()
    .description("Show all versions of one entry on this device, newest first.")
    .argument("<id>", "its id, the first 4 or more characters of it, or @last")
    .option("--notes", "show the notes");
  return withOutputOptions(command).action(
    async (reference: string, options: OutputOptions & { notes?: boolean }) => {
      const db = await context.database();
      const row = findRow(db, reference, { deleted: true });
      const current: ListedVersion = { ...row, outcome: "current", reason: null };
      const versions: ListedVersion[] = [current, ...listHistory(db, row.entityType, row.id)];
      if (options.json) return printJson(context, versions.map(toJson));
      const now = nowHere(context);
      const line = { now, labels: activityLabels(db), notes: options.notes ?? false };
      const rows = versions.map((version) => [
        version.contentHash.slice(0, SHOWN_HASH_CHARACTERS),
        formatMoment({ ms: version.updatedAtMs, offsetMinutes: now.offsetMinutes }, now),
        version.outcome,
        ...cells(row.entityType, version, line),
      ]);
      context.stdout.write(
        formatTable(rows, { width: context.stdout.isTTY ? context.stdout.columns : undefined }),
      );
    },
  );
}

function cells(
  entityType: EntityType,
  { deleted, content }: ListedVersion,
  line: Parameters<typeof entityRow>[2],
): string[] {
  return deleted || !content ? ["deleted"] : entityRow(entityType, content, line);
}

/** One version as `--json` prints it; `entity` is null for a deletion. */
function toJson(version: ListedVersion): object {
  return {
    version: version.contentHash,
    updated_at: new Date(version.updatedAtMs).toISOString(),
    deleted: version.deleted,
    outcome: version.outcome,
    reason: version.reason,
    entity_type: version.entityType,
    entity: version.deleted ? null : version.content,
  };
}
