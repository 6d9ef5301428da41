import type { SealingKeyStore } from "../../credentials/sealing-key-store.ts";
import type { SealingInfo } from "../../domain/protocol/sealing-info.ts";
import { transaction } from "../../local/storage/database.ts";
import { readSyncConfig, updateSyncConfig } from "../../local/sync-state/sync-config.ts";
import { type Founder, foundGeneration } from "./found-generation.ts";
import { adoptGeneration, pinOf, unfinishedOf } from "./generation.ts";
import { meetGeneration } from "./meet-generation.ts";
import { wentBack } from "./sealing-errors.ts";

/** Brings a device in step with the kind of account that its server names, as far as that needs no person. Returns a
 *  sentence for them, or null where nothing was to be done. Throws what a person has to decide. */
export async function followGeneration(
  founder: Founder,
  info: SealingInfo,
  store: SealingKeyStore,
): Promise<string | null> {
  const { db } = founder;
  const config = readSyncConfig(db)!;
  const { deviceId } = config;
  const keys = await store.readAll();
  const meeting = meetGeneration(pinOf(config), info, { accountId: config.accountId!, keys });
  switch (meeting.do) {
    case "work":
      return null;
    case "stop":
      throw meeting.error;
    case "take_over": {
      adoptGeneration(founder, meeting.keys, unfinishedOf(info, config));
      await store.keep(meeting.key, { deviceId });
      return info.founded_by === deviceId
        ? "This device had begun to seal the account, and went on with it."
        : "The account was sealed anew on another device, so everything was compared again.";
    }
    case "went_back": {
      const [key] = keys;
      if (!key || !(await isEmpty(founder, info))) throw wentBack();
      await foundGeneration(founder, { info, key, leavesUnread: false });
      return "The server was replaced by an empty one, so the account was sealed there again with the same key.";
    }
  }
}

/** Whether the server holds nothing at all of the account; then its head is where this device stands. */
async function isEmpty({ db, server }: Founder, info: SealingInfo): Promise<boolean> {
  const { cursor, isEmpty } = info.key_id === null ? await plainHead(server) : await sealedHead(server);
  if (isEmpty) transaction(db, () => updateSyncConfig(db, { cursor, seenCursor: null }));
  return isEmpty;
}

async function plainHead(server: Founder["server"]) {
  const { server_cursor: cursor, entity_types } = await server.readPlainDigest();
  const isEmpty = Object.values(entity_types).every(({ count, tombstones }) => count + tombstones === 0);
  return { cursor, isEmpty };
}

async function sealedHead(server: Founder["server"]) {
  const { server_cursor: cursor, count, tombstones } = await server.readSealedDigest();
  return { cursor, isEmpty: count + tombstones === 0 };
}
