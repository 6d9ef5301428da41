import { Command } from "commander";
import { formatUtc } from "../../domain/timestamp.ts";
import { type LostVersion, listLostVersions, readAccountDevices } from "../../local/lost-versions.ts";
import { readRow } from "../../local/rows.ts";
import { differenceLines } from "../../output/difference.ts";
import { formatMoment } from "../../output/moment.ts";
import { printableJson, singleLine } from "../../output/terminal-text.ts";
import type { Context } from "../context.ts";

const DEFAULT_LIMIT = 20;
const REASON_IN_WORDS: Record<string, string> = {
  stale_base: "it was edited on two devices",
  superseded: "it was edited again before the answer came",
  same_timestamp: "it was edited at the same moment",
  server_newer: "the other edit was later",
};

export default function syncConflicts(context: Context): Command {
  return new Command()
    .description("List versions of this device that lost against another's, or were merged with it.")
    .option("--all", `list all of them, not only the latest ${DEFAULT_LIMIT}`)
    .option("--json", "print them as JSON")
    .action(async (options: { all?: boolean; json?: boolean }) => {
      const db = await context.database();
      const lost = listLostVersions(db, options.all ? -1 : DEFAULT_LIMIT);
      const labels = readAccountDevices(db);
      if (options.json) {
        context.stdout.write(`${printableJson(lost.map((version) => toJson(version, labels)))}\n`);
        return;
      }
      if (lost.length === 0) {
        context.stdout.write("No version of this device has lost against another.\n");
        return;
      }
      const labelOf = (id: string) => {
        const content = readRow(db, "Activity", id)?.content;
        return content && "label" in content ? content.label : "unknown";
      };
      for (const version of lost)
        context.stdout.write(`${describe(context, version, labels, labelOf).join("\n")}\n`);
    });
}

function toJson(lost: LostVersion, labels: Map<string, string | null>) {
  return {
    entity_type: lost.entityType,
    id: lost.id,
    version: lost.contentHash,
    outcome: lost.outcome,
    reason: lost.reason,
    updated_at: formatUtc(lost.updatedAtMs),
    settled_at: formatUtc(lost.settledAtMs),
    entity: lost.content,
    winner: lost.winner,
    winner_device_id: lost.winnerDeviceId,
    winner_device_label: lost.winnerDeviceId && (labels.get(lost.winnerDeviceId) ?? null),
  };
}

function describe(
  context: Context,
  lost: LostVersion,
  labels: Map<string, string | null>,
  labelOf: (activityId: string) => string,
): string[] {
  const moment = (ms: number) => {
    const offsetMinutes = -new Date(ms).getTimezoneOffset();
    return formatMoment({ ms, offsetMinutes }, { ms: context.nowMs(), offsetMinutes });
  };
  const label = lost.winnerDeviceId && labels.get(lost.winnerDeviceId);
  const other = label ? `"${singleLine(label)}"` : "another device";
  const ending = lost.outcome === "merged" ? `merged with the edit of ${other}` : `lost against ${other}`;
  const why = REASON_IN_WORDS[lost.reason ?? ""] ?? lost.reason;
  const headline = `${lost.id.slice(0, 7)} ${lost.entityType} of ${moment(lost.updatedAtMs)}: ${ending}, because ${why}`;
  const lines = differenceLines(lost.content, lost.winner, labelOf).map((line) => `    ${line}`);
  return [
    headline,
    ...lines,
    `    restore it: moodsync restore ${lost.id.slice(0, 8)} ${lost.contentHash.slice(0, 8)}`,
  ];
}
