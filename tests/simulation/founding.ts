import { ENTITY_TYPES } from "../../src/domain/entities/entity-type.ts";
import { encodeCursor, START_NONCE } from "../../src/domain/protocol/cursor.ts";
import type { SealingInfo } from "../../src/domain/protocol/sealing-info.ts";
import { formatUtc, timestampToMs } from "../../src/domain/time/timestamp.ts";
import type { Version } from "../../src/domain/versions/version.ts";
import type { SealingKey } from "../../src/sealing/sealing-key.ts";
import type { SealingKeys } from "../../src/sealing/sealing-keys.ts";
import type { SyncSession } from "../../src/sync/exchange/sync-session.ts";
import type { Founder } from "../../src/sync/sealed/found-generation.ts";
import type { FoundingAnswer, SealingServer } from "../../src/sync/sealed/sealing-server.ts";
import { deviceIdOf, type SimulatedDevice } from "./device.ts";
import { type createNetwork, NoAnswer } from "./network.ts";
import { BrokenPromise, type World } from "./world.ts";

type Network = ReturnType<typeof createNetwork>;

/** What a device asks its server of an account beside the exchange of its data, over the same network. */
export function createSealingServer(world: World, device: SimulatedDevice, network: Network): SealingServer {
  const { server } = world;
  const { userId, product } = device;
  const { store } = server;
  const standing = () => [...store.accountOf(userId).standing.values()];
  const head = () => {
    const { seq, uploads } = store.accountOf(userId);
    return encodeCursor({ seq, nonce: uploads.at(-1)?.nonce ?? START_NONCE, startHorizon: null });
  };
  const digestOf = (versions: ReturnType<typeof standing>) => ({
    ...product.digestOf(versions.filter(({ deleted }) => !deleted).map(({ contentHash }) => contentHash)),
    tombstones: versions.filter(({ deleted }) => deleted).length,
  });
  return {
    readInfo: () => network.ask(() => store.sealingOf(userId)),
    found: (request) =>
      network.ask(async (): Promise<FoundingAnswer> => {
        const left = request.leaves_unread
          ? []
          : standing().map((version) => world.sealing.open(userId, version));
        const outcome = await server.found(userId, request);
        if (outcome.status === "founded") for (const version of left) checkKnown(device, version);
        switch (outcome.status) {
          case "founded":
            return { status: "founded", info: store.sealingOf(userId) };
          case "generation_changed":
            return { status: "changed", info: outcome.sealing };
          case "not_at_head":
            return { status: "not_at_head" };
          default:
            throw new NoAnswer();
        }
      }),
    removeRetired: (generation) =>
      network.ask(() => {
        if (store.sealingOf(userId).generation !== generation)
          throw new product.OtherGeneration(store.sealingOf(userId));
        store.removeRetired(userId);
      }),
    readSealedDigest: () =>
      network.ask(() => {
        const { generation, key_id } = store.sealingOf(userId);
        if (key_id === null) throw new product.OtherGeneration(store.sealingOf(userId));
        return { generation, key_id, server_cursor: head(), ...digestOf(standing()) };
      }),
    readPlainDigest: () =>
      network.ask(() => {
        const entries = ENTITY_TYPES.map(
          (type) => [type, digestOf(standing().filter(({ entityType }) => entityType === type))] as const,
        );
        return { server_cursor: head(), entity_types: Object.fromEntries(entries) };
      }),
  };
}

/** Founding loses nothing: what the server held before stands or stood on the device that founds. */
function checkKnown(
  { product, database: { db } }: SimulatedDevice,
  { entityType, id, contentHash }: Version,
): void {
  const versions = [product.readRow(db, entityType, id), ...product.listHistory(db, entityType, id)];
  if (!versions.some((version) => version?.contentHash === contentHash))
    throw new BrokenPromise("a device founded without what it had not read");
}

/** What a device works with while it speaks with its server. */
export interface Conversation {
  session: SyncSession;
  founder: Founder;
  keys: SealingKeys | null;
}

/** The keys of the generation that a device is pinned to; `missing` where a person has to give one. */
export async function openKeys({
  product,
  keyStore,
  database,
}: SimulatedDevice): Promise<SealingKeys | null | "missing"> {
  const { accountId, ...config } = product.readSyncConfig(database.db)!;
  try {
    return await product.openSealingKeys(keyStore, { ...config, accountId: accountId! });
  } catch (error) {
    if ((error as { code?: string }).code === undefined) throw error;
    return "missing";
  }
}

/** Syncs once, or follows a founding: then it is to be done again. Ends the founding that the device began. */
export async function syncOrFollow(
  { product, keyStore }: SimulatedDevice,
  { session, founder, keys }: Conversation,
): Promise<"done" | "followed"> {
  try {
    await product.syncOnce(session);
  } catch (error) {
    if (!(error instanceof product.OtherGeneration)) throw error;
    if ((await product.followGeneration(founder, error.sealing, keyStore)) === null) throw error;
    return "followed";
  }
  const { founding } = product.readSyncConfig(session.db)!;
  if (founding === "filling") await product.finishFounding(founder, keys);
  return "done";
}

/** Founds the account's data anew, as the command does. */
export async function found(
  { product, keyStore, number }: SimulatedDevice,
  { session, founder }: Conversation,
  key: SealingKey | null,
): Promise<void> {
  const deviceId = deviceIdOf(number);
  if (key) await keyStore.propose(key, { deviceId });
  await product.foundAtHead(session, founder.server, key);
  if (key) await keyStore.keep(key, { deviceId });
}

/** What a person does where a device waits for one: gives it the key, which was written down, or says that the account is
 *  plain now, or is to be sealed again. */
export async function answer(
  device: SimulatedDevice,
  { founder, written }: Pick<Conversation, "founder"> & { written: readonly SealingKey[] },
): Promise<void> {
  const { product, keyStore, userId, database } = device;
  const info = await founder.server.readInfo();
  if (!info) return;
  const { sealedGeneration, sealedKeyId } = product.readSyncConfig(database.db)!;
  if (sealedGeneration !== null && info.generation < sealedGeneration) {
    const [key] = await keyStore.readAll();
    if (key) await product.foundGeneration(founder, { info, key, leavesUnread: true });
  } else if (info.key_id === null) {
    product.takePlain(founder, info);
  } else if (info.generation !== sealedGeneration || info.key_id !== sealedKeyId) {
    const { generation } = info;
    const key = written.find(
      (one) => product.deriveSealingKeys(one, { accountId: userId, generation }).keyId === info.key_id,
    );
    if (!key) return;
    const takes = (said: SealingInfo, given: SealingKey) =>
      product.takeKey(founder, said, { key: given, store: keyStore });
    await checkRejected(takes(info, new product.SealingKey(NO_SECRET)), "a key of no device");
    const foundedLater = formatUtc(timestampToMs(info.founded_at!) + 1);
    await checkRejected(takes({ ...info, founded_at: foundedLater }, key), "a founding without its record");
    await takes(info, key);
  }
}

const NO_SECRET = Buffer.alloc(16, 0xee);

/** One key: a device takes nothing that is not the account's. */
async function checkRejected(taken: Promise<unknown>, what: string): Promise<void> {
  const isTaken = await taken.then(
    () => true,
    (error: { code?: string }) => (error.code === undefined ? Promise.reject(error) : false),
  );
  if (isTaken) throw new BrokenPromise(`${what} was taken`);
}
