import type Database from "better-sqlite3";
import { type AnyCommand, Command } from "../../cli/command.ts";
import type { Context } from "../../cli/context.ts";
import { nowHere, printJson } from "../../cli/output-options.ts";
import type { Entity } from "../../domain/entities/entity.ts";
import { formatUtc } from "../../domain/time/timestamp.ts";
import { systemZone } from "../../input/system-zone.ts";
import { shownLabels } from "../../local/queries/activities.ts";
import { shortId } from "../../local/queries/short-id.ts";
import { readAccountDevices } from "../../local/sync-state/account-devices.ts";
import { type LostVersion, listLostVersions } from "../../local/sync-state/lost-versions.ts";
import { differenceLines } from "../../output/difference.ts";
import { formatMoment } from "../../output/moment.ts";
import { textLines } from "../../output/terminal-text.ts";

const DEFAULT_LIMIT = 20;
const REASON_IN_WORDS: Record<string, string> = {
  stale_base: "it was edited on two devices",
  superseded: "it was edited again before the answer came",
  same_timestamp: "it was edited at the same moment",
  server_newer: "the other edit was later",
};

const ENDING_IN_WORDS = {
  lost: "lost against",
  merged: "merged with the edit of",
  overwrote: "overwrote the edit of",
  overwritten: "overwritten by",
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
      const labels = shownLabels(db);
      for (const version of lost)
        context.stdout.write(textLines(describe(context, version, { db, devices, labels })));
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

function describe(
  context: Context,
  lost: LostVersion,
  { db, devices, labels }: { db: Database.Database; devices: Devices; labels: ReadonlyMap<string, string> },
): string[] {
  const moment = formatMoment(
    { ms: lost.updatedAtMs, offsetMinutes: systemZone(lost.updatedAtMs) },
    nowHere(context),
  );
  const label = lost.winnerDeviceId && devices.get(lost.winnerDeviceId);
  const other = label ? `"${label}"` : "another device";
  const why = REASON_IN_WORDS[lost.reason ?? "stale_base"] ?? lost.reason;
  const id = shortId(db, lost.id);
  const bringBack = (contentHash: string, content: Entity | null) =>
    content ? `moodsync restore ${id} ${contentHash.slice(0, 8)}` : `moodsync delete ${id}`;
  const sides = [{ whose: "this device's version", contentHash: lost.contentHash, content: lost.content }];
  if (lost.mergedWith) sides.push({ whose: `the version of ${other}`, ...lost.mergedWith });
  const lines = sides.flatMap(({ whose, contentHash, content }) => {
    const differences = differenceLines(content, lost.winner, labels);
    return differences.length === 0
      ? []
      : [
          `  ${whose}:`,
          ...differences.map((line) => `    ${line}`),
          `    to bring it back: ${bringBack(contentHash, content)}`,
        ];
  });
  const gaveWay = differenceLines(lost.content, lost.winner, labels).length > 0;
  const ending = ENDING_IN_WORDS[lost.outcome === "merged" && !gaveWay ? "overwrote" : lost.outcome];
  return [`${id} ${lost.entityType} of ${moment}: ${ending} ${other}, because ${why}`, ...lines];
}
