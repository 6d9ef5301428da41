import { type AnyCommand, Command } from "../../cli/command.ts";
import type { Context } from "../../cli/context.ts";
import { localMoment } from "../../cli/local-moment.ts";
import { openDevice } from "../../cli/open-device.ts";
import { printJson } from "../../cli/output-options.ts";
import { keyPlaceWords } from "../../credentials/key-place-words.ts";
import { textLines } from "../../output/terminal-text.ts";
import { type CountComparison, compareCounts } from "../../sync/compare-counts.ts";
import { describeSkew, REPORTED_SKEW_MS } from "../../sync/sync-now.ts";
import { getSyncStatus } from "../../sync/sync-status.ts";

type SyncStatus = ReturnType<typeof getSyncStatus>;

const REJECTION_IN_WORDS: Record<string, string> = {
  invalid: "the server's version of moodsync does not accept it; edit it, or update the server",
  unsupported_entity_type: "the server does not know this kind of entry yet; update the server",
  too_large: "it is too large for the server; shorten it",
};

export default function syncStatus(context: Context): AnyCommand {
  return new Command()
    .description("Show whether sync is on, when it last worked, and what is waiting.")
    .option("--online", "ask the server what it holds, and show its counts beside those of this device")
    .option("--json", "print the status as JSON")
    .action(async (options) => {
      const device = await openDevice(context, { toRead: true });
      const status = getSyncStatus(device);
      if (options.json) {
        const online = options.online ? { online: comparisonToJson(await compareCounts(device)) } : {};
        printJson(context, { ...status, ...online });
        return;
      }
      context.stdout.write(textLines(statusLines(status, context)));
      if (!options.online) return;
      // What is known here is shown even where the server does not answer.
      const comparison = await compareCounts(device);
      context.stdout.write("\n", textLines(comparisonLines(comparison, status)));
    });
}

function statusLines(status: SyncStatus, context: Context): string[] {
  const lines: [string, string | null][] = [
    ["Sync", status.enabled ? "on" : "off"],
    ["Server", status.endpoint_url],
    ["Account", status.account_id],
    ["Device", status.device_id && `${status.device_label ?? "no label"} (${status.device_id})`],
    ["Key", keyPlaceWords(status.key_place)],
    ["Pending", `${status.pending}${status.rejected > 0 ? `, ${status.rejected} of them not accepted` : ""}`],
    ...status.rejections.map(({ entity_type, id, reason, detail }): [string, string] => [
      "",
      `${id.slice(0, 8)} ${entity_type}: ${REJECTION_IN_WORDS[reason] ?? reason}${detail ? ` (${detail})` : ""}`,
    ]),
    ["Last success", status.last_success_at ? localMoment(context, status.last_success_at) : "never"],
    [
      "Last failure",
      status.last_failure_at && `${localMoment(context, status.last_failure_at)}: ${status.last_error}`,
    ],
    [
      "Clock",
      status.clock_skew_ms !== null && Math.abs(status.clock_skew_ms) >= REPORTED_SKEW_MS
        ? describeSkew(status.clock_skew_ms)
        : null,
    ],
  ];
  return lines.filter(([, value]) => value !== null).map(([name, value]) => `${name.padEnd(13)} ${value}`);
}

function comparisonToJson({ status, isUpToDate, entityTypes }: CountComparison) {
  const types = Object.entries(entityTypes).map(([entityType, { here, server, isEqual }]) => [
    entityType,
    { here, server, equal: isEqual },
  ]);
  return { status, up_to_date: isUpToDate, entity_types: Object.fromEntries(types) };
}

function comparisonLines(comparison: CountComparison, { pending }: SyncStatus): string[] {
  const heading = `${"".padEnd(16)} ${"here".padStart(8)} ${"server".padStart(8)}`;
  const lines = Object.entries(comparison.entityTypes).map(
    ([entityType, { here, server, isEqual }]) =>
      `${entityType.padEnd(16)} ${String(here.count).padStart(8)} ${String(server.count).padStart(8)}   ${isEqual ? "equal" : "different"}`,
  );
  return [heading, ...lines, verdict(comparison, pending)];
}

function verdict({ status, isUpToDate }: CountComparison, pending: number): string {
  if (status === "equal") return "This device and the server have the same data.";
  return pending > 0 || !isUpToDate
    ? "They differ because changes are waiting; `moodsync sync` exchanges them."
    : "They differ although nothing is waiting; `moodsync sync verify --repair` makes them equal.";
}
