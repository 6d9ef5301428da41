import type { Entity } from "../../domain/entities/entity.ts";
import { mergeVersions, restamp } from "../../domain/versions/merge-versions.ts";
import { transaction } from "../../local/storage/database.ts";
import {
  listReplacedVersions,
  type ReplacedVersion,
  recordReplacement,
} from "../../local/sync-state/replaced-versions.ts";
import { readSyncConfig } from "../../local/sync-state/sync-config.ts";
import type { OpenSession } from "../open-session.ts";
import { fetchAccountDevices } from "./account-devices.ts";
import { fetchServerVersions, type StoredVersion } from "./server-history.ts";

/** Most entries whose versions are asked for in one sync; the others follow after a later one. */
const MAX_ASKED = 20;

/** Finds out which downloads replaced a version of this device that the other one had not seen, and remembers them as
 *  overwritten. A download does not say so; the server's history does. */
export async function findOverwritten(open: OpenSession): Promise<void> {
  const { db, notices } = open.session;
  const { deviceId } = readSyncConfig(db)!;
  let found = 0;
  for (const replaced of listReplacedVersions(db, MAX_ASKED)) {
    const { versions } = await fetchServerVersions(open, replaced);
    const winner = versions.find(({ contentHash }) => contentHash === replaced.winnerHash) ?? versions[0];
    if (!winner) continue;
    const isOverwritten = isOverwrite({ replaced, winner, versions, deviceId });
    transaction(db, () => recordReplacement(db, replaced, { deviceId: winner.deviceId, isOverwritten }));
    if (isOverwritten) found++;
  }
  if (found === 0) return;
  const what = found === 1 ? "An edit of this device was" : `${found} edits of this device were`;
  notices.add(`${what} overwritten by another device; \`moodsync sync conflicts\` shows what was there.`);
  await fetchAccountDevices({ db, ...open });
}

/** Whether a version was replaced by a device that had not seen it, and something of it is gone. A device that merges
 *  first sends its own edit, and the server keeps that as lost: without such a one after this version, whoever replaced
 *  it knew it. */
function isOverwrite({
  replaced,
  winner,
  versions,
  deviceId,
}: {
  replaced: Pick<ReplacedVersion, "contentHash">;
  winner: StoredVersion;
  versions: readonly StoredVersion[];
  deviceId: string;
}): boolean {
  const stored = versions
    .filter(({ outcome }) => outcome !== "lost")
    .sort((a, b) => a.storedAtMs - b.storedAtMs || a.updatedAtMs - b.updatedAtMs);
  const at = stored.findIndex(
    (version) => version.contentHash === replaced.contentHash && version.deviceId === deviceId,
  );
  const mine = stored[at];
  if (!mine || winner.deviceId === deviceId) return false;
  const isConcurrent = versions.some(
    (version) =>
      version.outcome === "lost" && version.deviceId !== deviceId && version.storedAtMs >= mine.storedAtMs,
  );
  if (!isConcurrent) return false;
  const base = baseOfEdits(stored.slice(0, at), deviceId);
  return mergeVersions({ base, mine: restamp(mine, winner.updatedAtMs + 1), theirs: winner }) !== winner;
}

/** What this device's last edits in a row were made from: the other device may have seen none of them. Null where the
 *  version after `earlier` is the first. */
function baseOfEdits(earlier: readonly StoredVersion[], deviceId: string): Entity | null {
  const base = earlier.findLast((version) => version.deviceId !== deviceId) ?? earlier[0];
  return base?.entity ?? null;
}
