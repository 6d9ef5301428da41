import type Database from "better-sqlite3";
import { MoodsyncError } from "../../domain/moodsync-error.ts";
import { differingTypes } from "../../domain/protocol/digest.ts";
import { SEAL_FORMAT } from "../../domain/protocol/sealed-envelope.ts";
import type { SealingInfo } from "../../domain/protocol/sealing-info.ts";
import { formatUtc } from "../../domain/time/timestamp.ts";
import { transaction } from "../../local/storage/database.ts";
import { countUnreadable } from "../../local/sync-state/deferred-changes.ts";
import { readDigest } from "../../local/sync-state/digest.ts";
import { hasOutgoing } from "../../local/sync-state/pending-changes.ts";
import { readSyncConfig, type SyncConfig, updateSyncConfig } from "../../local/sync-state/sync-config.ts";
import { sealFoundingRecord } from "../../sealing/founding-record.ts";
import type { SealingKey } from "../../sealing/sealing-key.ts";
import { deriveSealingKeys, type SealingKeys } from "../../sealing/sealing-keys.ts";
import { adoptGeneration, noteComparison, pinOf } from "./generation.ts";
import { sealedDigest } from "./sealed-digest.ts";
import { retiredFirst } from "./sealing-errors.ts";
import type { SealingServer } from "./sealing-server.ts";

/** The device that founds, and its server. */
export interface Founder {
  db: Database.Database;
  databaseFile: string | null;
  nowMs(): number;
  server: SealingServer;
}

/** Founds the account's data anew, sealed with a key or (null) plain, and makes the new generation this device's own; the
 *  next sync fills it. The caller has kept the key, so that it is there whatever happens. `leavesUnread`: on a person's word,
 *  what this device has not read is left behind, and stays on the server until a person removes it. Returns false, with nothing changed, where something is to be downloaded
 *  before. Throws a `failure` where another device came first. */
export async function foundGeneration(
  founder: Founder,
  { info, key, leavesUnread }: { info: SealingInfo; key: SealingKey | null; leavesUnread: boolean },
): Promise<boolean> {
  const { db, server } = founder;
  const config = readSyncConfig(db)!;
  const { deviceId, accountId } = config;
  const fromGeneration = info.generation;
  const generation = Math.max(fromGeneration, pinOf(config)?.generation ?? 0) + 1;
  const foundedAtMs = founder.nowMs();
  const keys = key && deriveSealingKeys(key, { accountId: accountId!, generation });
  // What an earlier founding left behind is not this one's to remove.
  const removesRetired = !leavesUnread && (!info.has_retired || config.founding === "filling");
  const founding = removesRetired ? "filling" : "none";
  // Remembered before the server hears of it: the device may die before it has the answer.
  setFounding(db, founding);
  const answer = await server.found({
    device_id: deviceId,
    client_cursor: config.cursor,
    from_generation: fromGeneration,
    generation,
    format: keys && SEAL_FORMAT,
    key_id: keys?.keyId ?? null,
    key_check: keys && sealFoundingRecord(keys, { fromGeneration, foundedBy: deviceId, foundedAtMs }),
    founded_at: formatUtc(foundedAtMs),
    ...(leavesUnread ? { leaves_unread: true } : {}),
  });
  if (answer.status !== "founded") setFounding(db, config.founding);
  if (answer.status === "not_at_head") return false;
  if (answer.status === "holds_retired") throw retiredFirst(config.founding);
  const isOurs = answer.info.generation === generation && answer.info.key_id === (keys?.keyId ?? null);
  if (answer.status === "changed" || !isOurs) throw foundedElsewhere();
  adoptGeneration(founder, keys, { founding, hasRetired: answer.info.has_retired });
  return true;
}

function setFounding(db: Database.Database, founding: SyncConfig["founding"]): void {
  transaction(db, () => updateSyncConfig(db, { founding }));
}

/** Ends the filling of a generation that this device founded, or another one that cannot: once the server has everything,
 *  what is retired there is removed. `waits`: the server does not hold the same as this device yet. `nothing`: nothing was
 *  retired. */
export async function finishFounding(
  { db, nowMs, server }: Founder,
  keys: SealingKeys | null,
): Promise<"waits" | "removed" | "nothing"> {
  if (hasOutgoing(db) || countUnreadable(db) > 0) return "waits";
  const info = await server.readInfo();
  if (!info || info.key_id !== (keys?.keyId ?? null)) return "waits";
  const isEqual = keys ? await isServerEqual({ db, server }, keys) : await isPlainEqual(db, server);
  if (!isEqual) return "waits";
  if (info.has_retired) await server.removeRetired(info.generation);
  transaction(db, () => updateSyncConfig(db, { founding: "none", hasRetired: false }));
  noteComparison(db, { isEqual: true, nowMs: nowMs() });
  return info.has_retired ? "removed" : "nothing";
}

/** Whether the server of a sealed account holds what this device does; null where it has something that is not downloaded
 *  yet, so that they cannot be compared. */
export async function isServerEqual(
  { db, server }: Pick<Founder, "db" | "server">,
  keys: SealingKeys,
): Promise<boolean | null> {
  const there = await server.readSealedDigest();
  const here = sealedDigest(db, keys);
  if (there.generation !== keys.generation || there.key_id !== keys.keyId) return null;
  if (there.server_cursor !== readSyncConfig(db)!.cursor) return null;
  return here.count === there.count && here.checksum === there.checksum;
}

async function isPlainEqual(db: Database.Database, server: SealingServer): Promise<boolean> {
  const there = await server.readPlainDigest();
  if (there.server_cursor !== readSyncConfig(db)!.cursor) return false;
  return differingTypes(readDigest(db), there.entity_types).length === 0;
}

function foundedElsewhere(): MoodsyncError {
  return new MoodsyncError(
    "failure",
    "Another device changed the sealing of this account at the same moment.",
    {
      hint: "Nothing is lost. `moodsync sync` says how things stand.",
    },
  );
}
