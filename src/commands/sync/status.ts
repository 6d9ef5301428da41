import { type AnyCommand, Command } from "../../cli/command.ts";
import type { Context } from "../../cli/context.ts";
import { localMoment } from "../../cli/local-moment.ts";
import { openDevice } from "../../cli/open-device.ts";
import { nowHere, printJson } from "../../cli/output-options.ts";
import { printLines } from "../../cli/style.ts";
import { keyPlaceWords } from "../../credentials/key-place-words.ts";
import { isDaemonRunning } from "../../daemon/daemon-lock.ts";
import { readDaemonStatus } from "../../daemon/daemon-status.ts";
import { ENTITY_TYPES } from "../../domain/entities/entity-type.ts";
import type { ZonedTime } from "../../domain/time/timestamp.ts";
import { systemZone } from "../../input/system-zone.ts";
import { countPendingOf, oldestPendingMs } from "../../local/sync-state/pending-changes.ts";
import { countComparison, type ShownCounts } from "../../output/count-comparison.ts";
import { type Fact, factLines } from "../../output/fact-lines.ts";
import { kindWord } from "../../output/kind-words.ts";
import { prose } from "../../output/prose.ts";
import { recentMoment } from "../../output/today-lines.ts";
import { type CountComparison, compareCounts } from "../../sync/compare-counts.ts";
import type { Device } from "../../sync/device.ts";
import { describeSkew, describeUnreadable, REPORTED_SKEW_MS } from "../../sync/sync-now.ts";
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
      const facts = statusFacts(status, context, oldestPendingMs(device.db));
      printLines(context, (columns, style) => factLines(facts, columns, style));
      if (!options.online) return;
      // What is known here is shown even where the server does not answer.
      const comparison = await compareCounts(device);
      const counts = shownCounts(comparison, device);
      printLines(context, (columns, style) => {
        const empty = style.isPlain ? [] : [style.line("")];
        const sentence = prose(verdict(comparison, status.pending), columns, style);
        return [
          ...empty,
          ...countComparison(counts, columns, style),
          ...empty,
          ...sentence.map((line) => style.line(line)),
        ];
      });
    });
}

function statusFacts(status: SyncStatus, context: Context, oldestMs: number | null): Fact[] {
  const { pending, rejected, clock_skew_ms } = status;
  const changes = `${pending} ${pending === 1 ? "change" : "changes"}`;
  const since = oldestMs === null ? "" : `, since ${recentMoment(hereAt(oldestMs), nowHere(context))}`;
  const facts: (Fact | null)[] = [
    ["Sync", syncText(status, context)],
    status.endpoint_url === null ? null : ["Server", status.endpoint_url],
    status.account_id === null ? null : ["Account", status.account_id],
    status.device_id === null
      ? null
      : ["Device", `${status.device_label ?? "no label"} (${status.device_id})`],
    status.key_place === null ? null : ["Key", keyPlaceWords(status.key_place)],
    sealedFact(status, context),
    [
      "Pending",
      `${pending === 0 ? "nothing" : `${changes}${since}`}${rejected > 0 ? `, ${rejected} of them not accepted` : ""}`,
      ...status.rejections.map(
        ({ entity_type, id, reason, detail }) =>
          `${kindWord(entity_type)} ${id.slice(0, 8)}: ${REJECTION_IN_WORDS[reason] ?? reason}${detail ? ` (${detail})` : ""}`,
      ),
    ],
    ["Last success", status.last_success_at ? localMoment(context, status.last_success_at) : "never"],
    status.last_failure_at === null
      ? null
      : ["Last failure", `${localMoment(context, status.last_failure_at)}: ${status.last_error}`],
    clock_skew_ms === null ? null : ["Clock", clockText(clock_skew_ms)],
  ];
  return facts.filter((fact) => fact !== null);
}

/** Whether the account is sealed, where its key is, and what a person should do about it. */
function sealedFact({ sealed, enabled }: SyncStatus, context: Context): Fact | null {
  if (sealed === null) return enabled ? ["Sealed", "no: whoever runs the server can read the account"] : null;
  const { generation, key_place, key_shown_at, founding, unreadable, differs_at, has_retired } = sealed;
  const shown =
    key_shown_at === null
      ? "never shown: `moodsync sync key show` prints it, to be written down"
      : `last shown ${key_shown_at.slice(0, 10)}`;
  const key = key_place === null ? "no key on this device" : `the key is ${keyPlaceWords(key_place)}`;
  return [
    "Sealed",
    `yes, generation ${generation}; ${key}, ${shown}`,
    ...(founding === "filling"
      ? ["what the server held before is still to be removed; a sync does that"]
      : has_retired
        ? ["the server still holds what the account was before; `moodsync sync seal --finish` removes it"]
        : []),
    ...(differs_at === null ? [] : [differsText(localMoment(context, differs_at))]),
    ...(unreadable > 0 ? [describeUnreadable(unreadable)] : []),
  ];
}

function differsText(since: string): string {
  return `the server does not hold the same as this device, found ${since}; \`moodsync sync verify\` says more`;
}

function syncText({ enabled }: SyncStatus, { home }: Context): string {
  if (!enabled) return "off";
  const daemon = isDaemonRunning(home.stateDir) ? readDaemonStatus(home.stateDir) : null;
  if (!daemon) return "on";
  const minutes = daemon.interval_minutes;
  return `on, every ${minutes === 1 ? "minute" : `${minutes} minutes`} by the daemon`;
}

function clockText(skewMs: number): string {
  return Math.abs(skewMs) >= REPORTED_SKEW_MS ? describeSkew(skewMs) : "agrees with the server's";
}

function hereAt(ms: number): ZonedTime {
  return { ms, offsetMinutes: systemZone(ms) };
}

function shownCounts({ entityTypes }: CountComparison, { db }: Pick<Device, "db">): ShownCounts {
  const counts = ENTITY_TYPES.map((entityType) => {
    const { here, server, isEqual } = entityTypes[entityType];
    const waiting = countPendingOf(db, entityType);
    return [entityType, { here: here.count, server: server.count, isEqual, waiting }] as const;
  });
  return Object.fromEntries(counts) as ShownCounts;
}

function comparisonToJson({ status, isUpToDate, entityTypes }: CountComparison) {
  const types = Object.entries(entityTypes).map(([entityType, { here, server, isEqual }]) => [
    entityType,
    { here, server, equal: isEqual },
  ]);
  return { status, up_to_date: isUpToDate, entity_types: Object.fromEntries(types) };
}

function verdict({ status, isUpToDate }: CountComparison, pending: number): string {
  if (status === "equal") return "This device and the server have the same data.";
  return pending > 0 || !isUpToDate
    ? "They differ because changes wait; `moodsync sync` exchanges them."
    : "They differ although nothing is waiting; `moodsync sync verify --repair` makes them equal.";
}
