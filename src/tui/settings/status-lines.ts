import { keyPlaceWords } from "../../credentials/key-place-words.ts";
import type { KeyPlace } from "../../credentials/secret-store.ts";
import { ENTITY_TYPES, type EntityType } from "../../domain/entities/entity-type.ts";
import type { SyncDigestResponse } from "../../domain/protocol/digest.ts";
import { timestampToMs, type ZonedTime } from "../../domain/time/timestamp.ts";
import { KIND_WORDS } from "../../output/kind-words.ts";
import { formatMoment } from "../../output/moment.ts";
import { singleLine } from "../../output/terminal-text.ts";
import { describeRejected, describeSkew, describeUnreadable, REPORTED_SKEW_MS } from "../../sync/sync-now.ts";
import type { SettingsSnapshot } from "./settings-snapshot.ts";

/** How sync stands, as names and values; safe to show. `server` is what the server last answered. */
export function statusLines(
  snapshot: SettingsSnapshot,
  server: SyncDigestResponse | null,
  now: ZonedTime,
): [name: string, value: string][] {
  const { status } = snapshot;
  const moment = (text: string) =>
    formatMoment({ ms: timestampToMs(text), offsetMinutes: now.offsetMinutes }, now);
  const lines: [string, string | null][] = [
    ["Sync", status.enabled ? "on" : "off; everything works without it"],
    ["Server", status.endpoint_url && singleLine(status.endpoint_url)],
    ["API key", keyText(status.key_place)],
    ["Sealing", status.enabled ? sealingText(status) : null],
    ["Sealing key", status.sealed && sealingKeyText(status)],
    ["Account", status.account_id],
    ["This device", status.device_label && singleLine(status.device_label)],
    ["Device id", status.device_id],
    ["Last success", status.last_success_at ? moment(status.last_success_at) : "never"],
    [
      "Last failure",
      status.last_failure_at && `${moment(status.last_failure_at)}: ${singleLine(status.last_error ?? "")}`,
    ],
    ["Pending", pendingText(status)],
    ["Clock", clockText(status.clock_skew_ms)],
    ["Here", countsText((type) => snapshot.counts[type])],
    ["On the server", status.sealed ? sealedServerText(status.sealed, moment) : serverText(snapshot, server)],
  ];
  return lines.flatMap(([name, value]) => (value === null ? [] : [[name, value]]));
}

/** Whether there is a key and where. */
export function keyText(place: KeyPlace | null): string {
  return place === null ? "none" : `stored ${keyPlaceWords(place)}`;
}

/** Whether the server can read the account. */
export function sealingText({ sealed }: SettingsSnapshot["status"]): string {
  return sealed === null ? "off: the server reads everything" : `on, generation ${sealed.generation}`;
}

/** Where the sealing key is, and whether a person has seen it. */
export function sealingKeyText({ sealed }: SettingsSnapshot["status"]): string {
  if (sealed === null) return "of a sealed account; another device shows it";
  const { key_place, key_shown_at } = sealed;
  const shown = key_shown_at === null ? "never shown" : `last shown ${key_shown_at.slice(0, 10)}`;
  return key_place === null ? "none; another device shows it" : `${keyText(key_place)}; ${shown}`;
}

/** A server that cannot read its account counts nothing of it: what this device compared is what is known. */
function sealedServerText(
  { verified_at, differs_at, unreadable }: NonNullable<SettingsSnapshot["status"]["sealed"]>,
  moment: (text: string) => string,
): string {
  if (unreadable > 0) return describeUnreadable(unreadable);
  if (differs_at !== null)
    return `not the same, found ${moment(differs_at)}; \`moodsync sync verify\` says more`;
  return verified_at ? `the same, compared ${moment(verified_at)}` : "not compared yet; a sync does that";
}

function pendingText({ pending, rejected }: SettingsSnapshot["status"]): string {
  const changes = pending === 1 ? "1 change" : `${pending} changes`;
  return rejected > 0 ? `${changes}; ${describeRejected(rejected)}` : changes;
}

function clockText(skewMs: number | null): string | null {
  if (skewMs === null) return null;
  return Math.abs(skewMs) < REPORTED_SKEW_MS ? "agrees with the server's" : describeSkew(skewMs);
}

function serverText({ status, counts }: SettingsSnapshot, server: SyncDigestResponse | null): string | null {
  if (!status.enabled) return null;
  if (!server) return "not asked yet; t asks";
  const onServer = (type: EntityType) => server.entity_types[type]?.count ?? 0;
  return ENTITY_TYPES.every((type) => onServer(type) === counts[type])
    ? "as many of each"
    : countsText(onServer);
}

function countsText(countOf: (type: EntityType) => number): string {
  const order: EntityType[] = ["MoodEntry", "AssessmentEntry", "Activity", "Schedule"];
  return order.map((type) => `${countOf(type)} ${KIND_WORDS[type][countOf(type) === 1 ? 0 : 1]}`).join(", ");
}
