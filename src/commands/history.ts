import type Database from "better-sqlite3";
import { type AnyCommand, Command } from "../cli/command.ts";
import type { Context } from "../cli/context.ts";
import { nowHere, printJson, withOutputOptions } from "../cli/output-options.ts";
import { printLines } from "../cli/style.ts";
import type { AssessmentEntry } from "../domain/entities/assessment-entry.ts";
import type { EntityType } from "../domain/entities/entity-type.ts";
import type { MoodEntry } from "../domain/entities/mood-entry.ts";
import { findEntry } from "../entries/find-entry.ts";
import { systemZone } from "../input/system-zone.ts";
import { activitiesById, shownLabels } from "../local/queries/activities.ts";
import type { PastVersion } from "../local/versions/history.ts";
import { listHistory } from "../local/versions/history.ts";
import type { StoredRow } from "../local/versions/rows.ts";
import { entityRow } from "../output/entity-row.ts";
import { type VersionLine, versionList } from "../output/version-list.ts";
import type { StoredVersion } from "../sync/account/server-history.ts";

interface Listed extends PastVersion {
  /** `current`, or how it ended: `replaced`, `lost` or `merged`; a later server may have others. */
  outcome: string;
  reason: string | null;
  /** Of a version that the server holds. */
  server?: Pick<StoredVersion, "deviceId" | "deviceLabel" | "storedAtMs">;
}

const SHOWN_HASH_CHARACTERS = 8;

export default function history(context: Context): AnyCommand {
  const command = new Command()
    .description("Show all versions of one entry on this device, newest first.")
    .argument("<id>", "its id, the first 4 or more characters of it, or @last")
    .option("--notes", "show the notes")
    .option("--server", "show the versions that the server holds, with device and time");
  return withOutputOptions(command).action(async (reference, options) => {
    const db = await context.databaseToRead();
    const row = findEntry(db, reference, { deleted: true });
    const versions = options.server ? await serverVersions(context, row) : localVersions(db, row);
    if (options.json) return printJson(context, versions.map(toJson));
    const now = nowHere(context);
    const line = { now, labels: shownLabels(db), notes: options.notes ?? false };
    const shown = versions.map(
      (version): VersionLine => ({
        id: context.stdout.isTTY ? version.contentHash.slice(0, SHOWN_HASH_CHARACTERS) : version.contentHash,
        changedAt: { ms: version.updatedAtMs, offsetMinutes: systemZone(version.updatedAtMs) },
        outcome: version.outcome,
        device: version.server ? deviceName(version.server) : null,
        content: contentOf(row.entityType, version, line),
      }),
    );
    const list = { versions: shown, now, activities: activitiesById(db), notes: line.notes };
    printLines(context, (columns, style) => versionList(list, columns, style));
  });
}

function localVersions(db: Database.Database, row: StoredRow): Listed[] {
  return [{ ...row, outcome: "current", reason: null }, ...listHistory(db, row.entityType, row.id)];
}

async function serverVersions(context: Context, row: StoredRow): Promise<Listed[]> {
  const { openDevice } = await import("../cli/open-device.ts");
  const { fetchServerHistory } = await import("../sync/account/server-history.ts");
  const { versions, isWhole } = await fetchServerHistory(await openDevice(context), row);
  if (!isWhole) context.stderr.write("The server has older versions, which are not shown.\n");
  return versions.map((version) => ({ ...version, reason: null, server: version }));
}

function deviceName({ deviceId, deviceLabel }: NonNullable<Listed["server"]>): string {
  return deviceLabel ?? deviceId.slice(0, SHOWN_HASH_CHARACTERS);
}

function contentOf(
  entityType: EntityType,
  { deleted, content }: Listed,
  line: Parameters<typeof entityRow>[2],
): VersionLine["content"] {
  if (deleted || !content) return null;
  if (entityType === "MoodEntry") return { entityType, entity: content as MoodEntry };
  if (entityType === "AssessmentEntry") return { entityType, entity: content as AssessmentEntry };
  return { texts: entityRow(entityType, content, line) };
}

/** One version as `--json` prints it; `entity` is null for a deletion. */
function toJson(version: Listed): object {
  return {
    version: version.contentHash,
    updated_at: new Date(version.updatedAtMs).toISOString(),
    deleted: version.deleted,
    outcome: version.outcome,
    reason: version.reason,
    entity_type: version.entityType,
    entity: version.deleted ? null : version.content,
    ...(version.server
      ? {
          device_id: version.server.deviceId,
          device_label: version.server.deviceLabel,
          stored_at: new Date(version.server.storedAtMs).toISOString(),
        }
      : {}),
  };
}
