import type * as z from "zod";
import { type EntityVersion, EntityVersionsResponse } from "../../domain/protocol/entity-versions.ts";
import { parseChange } from "../../domain/protocol/parse-change.ts";
import { type SealedVersion, SealedVersionsResponse } from "../../domain/protocol/sealed-change.ts";
import { timestampToMs } from "../../domain/time/timestamp.ts";
import type { Version } from "../../domain/versions/version.ts";
import { transaction } from "../../local/storage/database.ts";
import { readAccountDevices } from "../../local/sync-state/account-devices.ts";
import { type PastVersion, recordHistory } from "../../local/versions/history.ts";
import { readRow, type StoredRow } from "../../local/versions/rows.ts";
import { openChange } from "../../sealing/open-change.ts";
import { sealedId } from "../../sealing/sealed-id.ts";
import type { SealingKeys } from "../../sealing/sealing-keys.ts";
import type { Device } from "../device.ts";
import type { HttpClient } from "../http/http-client.ts";
import { sendChecked } from "../http/http-transport.ts";
import { type OpenSession, withSession } from "../open-session.ts";
import { fetchAccountDevices } from "./account-devices.ts";

/** A version that the server holds, with who wrote it and when it came there. */
export interface StoredVersion extends PastVersion, Version {
  /** `current`, `replaced`, `lost`, or a word of a later server. */
  outcome: string;
  deviceId: string;
  deviceLabel: string | null;
  storedAtMs: number;
}

/** `isWhole` is false where the server has more, older versions than are read. */
export interface ServerHistory {
  versions: StoredVersion[];
  isWhole: boolean;
}

/** Pages of one entity that are read at most, 25,000 versions or some 100 MB, so that it ends. */
const MAX_PAGES = 25;

/** All versions of an entity that the server holds, newest first. Those that this device has not seen are added to its
 *  own history, so that `restore` can bring them back. Throws `not_found` where the server has none. */
export function fetchServerHistory(device: Device, row: StoredRow): Promise<ServerHistory> {
  const options = { acceptDeletions: false, onProgress: () => {} };
  return withSession(device, options, async (open) => {
    await fetchAccountDevices({ db: device.db, ...open });
    const history = await fetchServerVersions(open, row);
    remember(open, history.versions);
    return history;
  });
}

/** The same within a session, and this device remembers nothing of it. */
export async function fetchServerVersions(
  { session, client, sealing }: OpenSession,
  { entityType, id }: Pick<StoredRow, "entityType" | "id">,
): Promise<ServerHistory> {
  const { versions, isWhole } = sealing
    ? await fetchSealedPages(client, sealing, { entityType, id })
    : await fetchPages(client, `/v1/history/${entityType}/${id}`, EntityVersionsResponse);
  const labels = readAccountDevices(session.db);
  const read = versions.flatMap((version): StoredVersion[] => {
    const parsed = parseChange(version);
    // Versions of another entity would go into its history here.
    if (parsed.status !== "valid" || parsed.version.entityType !== entityType || parsed.version.id !== id)
      return [];
    return [
      {
        ...parsed.version,
        content: parsed.version.entity,
        outcome: version.outcome,
        deviceId: version.device_id,
        deviceLabel: labels.get(version.device_id) ?? null,
        storedAtMs: timestampToMs(version.stored_at),
      },
    ];
  });
  return { versions: read, isWhole };
}

/** Of a sealed account, opened: a version that does not open is of no entity. */
async function fetchSealedPages(
  client: HttpClient,
  keys: SealingKeys,
  { entityType, id }: Pick<StoredRow, "entityType" | "id">,
): Promise<{ versions: EntityVersion[]; isWhole: boolean }> {
  const path = `/v1/sealed/history/${sealedId(keys, entityType, id)}`;
  const { versions, isWhole } = await fetchPages(client, path, SealedVersions);
  const opened = versions.map(({ content_hash, device_id, stored_at, outcome, ...sealed }) => ({
    ...openChange(keys, sealed),
    ...{ content_hash, device_id, stored_at, outcome },
  }));
  return { versions: opened, isWhole };
}

const SealedVersions = SealedVersionsResponse as z.ZodType<VersionsPage<SealedVersion>>;

interface VersionsPage<V> {
  versions: V[];
  next?: string | undefined;
}

async function fetchPages<V>(
  client: HttpClient,
  path: string,
  VersionsResponse: z.ZodType<VersionsPage<V>>,
): Promise<{ versions: V[]; isWhole: boolean }> {
  const versions: V[] = [];
  let query = "";
  for (let pages = 0; pages < MAX_PAGES; pages++) {
    const page = await sendChecked(client, { method: "GET", path: `${path}${query}` }, VersionsResponse);
    versions.push(...page.versions);
    if (page.next === undefined || page.versions.length === 0) return { versions, isWhole: true };
    query = `?after=${encodeURIComponent(page.next)}`;
  }
  return { versions, isWhole: false };
}

function remember({ session: { db, nowMs } }: OpenSession, versions: readonly StoredVersion[]): void {
  transaction(db, () => {
    for (const version of versions) {
      const standing = readRow(db, version.entityType, version.id);
      if (standing?.contentHash !== version.contentHash) {
        recordHistory(db, version, { outcome: "replaced", nowMs: nowMs() });
      }
    }
  });
}
