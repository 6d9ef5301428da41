import type Database from "better-sqlite3";
import { type AnyCommand, Command } from "../../cli/command.ts";
import type { Context } from "../../cli/context.ts";
import { lineContext, printJson } from "../../cli/output-options.ts";
import { printLines } from "../../cli/style.ts";
import type { Entity } from "../../domain/entities/entity.ts";
import { formatUtc } from "../../domain/time/timestamp.ts";
import { shownLabels } from "../../local/queries/activities.ts";
import { shortId } from "../../local/queries/short-id.ts";
import { readAccountDevices } from "../../local/sync-state/account-devices.ts";
import { type LostVersion, listLostVersions } from "../../local/sync-state/lost-versions.ts";
import { conflictLines, type ShownConflict } from "../../output/conflict-lines.ts";
import { versionTexts } from "../../output/difference.ts";
import { entityLine, type LineContext } from "../../output/entity-line.ts";
import { kindWord } from "../../output/kind-words.ts";

const DEFAULT_LIMIT = 20;
const REASON_IN_WORDS: Record<string, string> = {
  stale_base: "it was edited on two devices",
  superseded: "it was edited again before the answer came",
  same_timestamp: "it was edited at the same moment",
  server_newer: "the other edit was later",
};

const ENDING_IN_WORDS = {
  lost: "This device's version gave way to that of",
  merged: "Merged with the edit of",
  overwrote: "This device's version replaced that of",
  overwritten: "This device's version was replaced by that of",
};

export default function syncConflicts(context: Context): AnyCommand {
  return new Command()
    .description(
      "List versions of this device that lost to another device's, were merged with it, or were overwritten by it.",
    )
    .option("--all", `list all of them, not only the latest ${DEFAULT_LIMIT}`)
    .option("--json", "print them as JSON")
    .action(async (options) => {
      const db = await context.databaseToRead();
      const lost = listLostVersions(db, options.all ? -1 : DEFAULT_LIMIT);
      const devices = readAccountDevices(db);
      if (options.json) {
        printJson(
          context,
          lost.map((version) => toJson(version, devices)),
        );
        return;
      }
      if (lost.length === 0) {
        context.stdout.write("No version of this device has lost to another or been overwritten by one.\n");
        return;
      }
      const line = lineContext(context, shownLabels(db));
      const shown = lost.map((version) => shownConflict(version, { db, devices, line }));
      printLines(context, (columns, style) => conflictLines(shown, columns, style));
    });
}

type Devices = ReadonlyMap<string, string | null>;

function toJson(lost: LostVersion, devices: Devices) {
  return {
    entity_type: lost.entityType,
    id: lost.id,
    version: lost.contentHash,
    outcome: lost.outcome,
    reason: lost.reason,
    updated_at: formatUtc(lost.updatedAtMs),
    settled_at: formatUtc(lost.resolvedAtMs),
    entity: lost.content,
    winner: lost.winner,
    winner_device_id: lost.winnerDeviceId,
    winner_device_label: lost.winnerDeviceId && (devices.get(lost.winnerDeviceId) ?? null),
    merged_with: lost.mergedWith && { version: lost.mergedWith.contentHash, entity: lost.mergedWith.content },
  };
}

function shownConflict(
  lost: LostVersion,
  { db, devices, line }: { db: Database.Database; devices: Devices; line: LineContext },
): ShownConflict {
  const { entityType, content, winner, mergedWith } = lost;
  const label = lost.winnerDeviceId && devices.get(lost.winnerDeviceId);
  const other = label ? `"${label}"` : "another device";
  const id = shortId(db, lost.id);
  const bringBack = (contentHash: string, version: Entity | null) =>
    version ? `moodsync restore ${id} ${contentHash.slice(0, 8)}` : `moodsync delete ${id}`;
  const gaveWay = versionTexts(content, winner, line);
  const ending =
    ENDING_IN_WORDS[lost.outcome === "merged" && gaveWay.length === 0 ? "overwrote" : lost.outcome];
  const why = REASON_IN_WORDS[lost.reason ?? "stale_base"] ?? lost.reason;
  const versions = [
    { whose: "this device", texts: gaveWay, bringBack: bringBack(lost.contentHash, content) },
    ...(mergedWith
      ? [
          {
            whose: other,
            texts: versionTexts(mergedWith.content, winner, line),
            bringBack: bringBack(mergedWith.contentHash, mergedWith.content),
          },
        ]
      : []),
    { whose: mergedWith ? "what stands" : other, texts: standingTexts(lost, line), bringBack: "" },
  ];
  const known = winner ?? content ?? mergedWith?.content ?? null;
  return {
    entry: known ? entityLine(entityType, known, line) : kindWord(entityType),
    id,
    outcome: `${ending} ${other}, because ${why}`,
    versions: versions.filter(({ texts }) => texts.length > 0),
  };
}

/** What stands, of that in which a version that gave way differs. */
function standingTexts({ content, winner, mergedWith }: LostVersion, line: LineContext): string[] {
  const texts = [content, ...(mergedWith ? [mergedWith.content] : [])].flatMap((gone) =>
    versionTexts(winner, gone, line),
  );
  return [...new Set(texts)];
}
