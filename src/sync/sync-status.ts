import { formatUtc } from "../domain/time/timestamp.ts";
import { countUnreadable } from "../local/sync-state/deferred-changes.ts";
import { countPending } from "../local/sync-state/pending-changes.ts";
import { listRejections } from "../local/sync-state/rejected-changes.ts";
import { readSyncConfig } from "../local/sync-state/sync-config.ts";
import { lastSyncRuns } from "../local/sync-state/sync-runs.ts";
import type { Device } from "./device.ts";
import { heldPin } from "./sealed/held-pin.ts";

/** What `sync status` shows, in its JSON shape. Never fails for lack of configuration. */
export function getSyncStatus({
  db,
  home,
  keys,
  sealingKeys,
  appVersion,
}: Pick<Device, "db" | "home" | "keys" | "sealingKeys" | "appVersion">) {
  const config = readSyncConfig(db);
  const pin = heldPin(config, home.stateDir);
  const { pending, rejected } = countPending(db, appVersion);
  const runs = lastSyncRuns(db);
  const time = (ms: number | null) => (ms === null ? null : formatUtc(ms));
  return {
    enabled: config?.enabled ?? false,
    endpoint_url: config?.endpointUrl ?? null,
    account_id: config?.accountId ?? null,
    device_id: config?.deviceId ?? null,
    device_label: config?.deviceLabel ?? null,
    key_place: keys.place(),
    last_sync_cursor: config?.cursor ?? null,
    pending,
    rejected,
    rejections: listRejections(db, appVersion).map(({ entityType, rejectedAtMs, ...rejection }) => ({
      entity_type: entityType,
      ...rejection,
      rejected_at: formatUtc(rejectedAtMs),
    })),
    last_success_at: time(runs.lastSuccessAtMs),
    last_failure_at: time(runs.lastFailureAtMs),
    last_error: runs.lastError,
    clock_skew_ms: config?.clockSkewMs ?? null,
    sealed:
      config === null || pin === null
        ? null
        : {
            generation: pin.generation,
            key_id: pin.keyId,
            key_place: sealingKeys.place(),
            key_shown_at: time(config.keyShownAtMs),
            founding: config.founding,
            unreadable: countUnreadable(db),
            verified_at: time(config.verifiedAtMs),
            differs_at: time(config.differsAtMs),
            has_retired: config.hasRetired,
          },
  };
}
