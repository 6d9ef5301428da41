import type { Generation } from "../../server/sync/generation.ts";
import type { SealedChange } from "../../src/domain/protocol/sealed-change.ts";
import type { SyncChange } from "../../src/domain/protocol/sync-change.ts";
import { timestampToMs } from "../../src/domain/time/timestamp.ts";
import type { Version } from "../../src/domain/versions/version.ts";
import type { SealingKey } from "../../src/sealing/sealing-key.ts";
import type { SealingKeys } from "../../src/sealing/sealing-keys.ts";
import { SLOTS } from "./entities.ts";
import type { Product } from "./load-simulation.ts";
import { NEVER_FOUNDED } from "./memory-store.ts";
import { BrokenPromise } from "./world.ts";

/** What the devices of a run know and its server does not. */
export interface Sealing {
  /** What an account is at its beginning. */
  generationOf(userId: string): Generation;
  /** Null: it is plain. */
  keysOf(userId: string): SealingKeys | null;
  /** What the same person's key seals `change` as where it does not belong. */
  sealElsewhere(userId: string, where: Elsewhere, change: SyncChange): SealedChange;
  /** What a version on the server is to its devices. Throws where none can read it. */
  open(userId: string, version: Version): Version;
}

/** Another account with the same key, or another generation of the account. */
export type Elsewhere = "other_account" | "other_generation";

/** Plain accounts: the server knows what they hold. */
export const PLAIN: Sealing = {
  generationOf: () => NEVER_FOUNDED,
  keysOf: () => null,
  sealElsewhere() {
    throw new Error("only a server of sealed accounts has envelopes of elsewhere");
  },
  open: (_, version) => version,
};

const GENERATION = 1;
const OTHER_ACCOUNT = "acc00000-0000-4000-8000-00000000000e";
const SECRET = Buffer.from("5ea1ed5ea1ed5ea1ed5ea1ed5ea1ed00", "hex");

/** Sealed accounts: each user has keys of their own, which all their devices have from the start. */
export function createSealing(product: Product): Sealing {
  const secret = new product.SealingKey(SECRET);
  const keysByUser = new Map<string, SealingKeys>();
  function keysOf(userId: string): SealingKeys {
    let keys = keysByUser.get(userId);
    if (!keys) {
      keys = product.deriveSealingKeys(secret, { accountId: userId, generation: GENERATION });
      keysByUser.set(userId, keys);
    }
    return keys;
  }
  return {
    generationOf: (userId) => ({ generation: GENERATION, keyId: keysOf(userId).keyId, firstSeq: 0 }),
    keysOf,
    sealElsewhere(userId, where, change) {
      const keys = product.deriveSealingKeys(secret, {
        accountId: where === "other_account" ? OTHER_ACCOUNT : userId,
        generation: where === "other_generation" ? GENERATION + 1 : GENERATION,
      });
      return product.sealChange(keys, change)!;
    },
    open: (userId, version) => openVersion(product, keysOf(userId), version),
  };
}

/** Accounts that begin plain, and of which devices make what they like. `secrets` are all that any device ever made. */
export function createFoundedSealing(
  product: Product,
  given: { secrets: readonly SealingKey[]; generationOf(userId: string): Generation },
): Sealing {
  return {
    ...PLAIN,
    open(userId, version) {
      const { generation, keyId } = given.generationOf(userId);
      if (keyId === null) return version;
      const keys = given.secrets
        .map((secret) => product.deriveSealingKeys(secret, { accountId: userId, generation }))
        .find((derived) => derived.keyId === keyId);
      if (!keys) throw new BrokenPromise("no device has the key of the account");
      return openVersion(product, keys, version);
    },
  };
}

function openVersion(product: Product, keys: SealingKeys, version: Version): Version {
  const content = product.sealedContent({ generation: keys.generation, keyId: keys.keyId });
  const parsed = product.parseChange(product.openChange(keys, content.toChange(version as never)));
  if (parsed.status !== "valid") throw new BrokenPromise("no device can read what the server keeps");
  return parsed.version;
}

const MAY_BE_SENT = new Set(["id", "updated_at", "deleted", "envelope", "base_updated_at"]);
/** In the bytes of an envelope a text of so many characters is there by chance once in centuries. */
const MARKERS = [
  ...SLOTS.flatMap(({ entityType, id }) => [entityType, id]),
  "entity_type",
  "metadata",
  "last_write",
];

/** Blindness: a change that is sent for a sealed account says nothing of its entity. */
export function checkBlind(change: SealedChange): void {
  const field = Object.keys(change).find((name) => !MAY_BE_SENT.has(name));
  if (field !== undefined) throw new BrokenPromise(`${field} was sent of a sealed account`);
  const sent = `${change.id} ${Buffer.from(change.envelope ?? "", "base64").toString("latin1")}`;
  const marker = MARKERS.find((text) => sent.includes(text));
  if (marker !== undefined) throw new BrokenPromise(`${marker} was sent of a sealed account`);
}

const NIL_UUID = "00000000-0000-0000-0000-000000000000";

/** Authenticity: an envelope opens as the version that it was sealed for, and as no other. */
export function checkBound(product: Product, keys: SealingKeys, change: SealedChange): void {
  const envelope = Buffer.from(change.envelope, "base64");
  const version = {
    sealedId: change.id,
    updatedAtMs: timestampToMs(change.updated_at),
    deleted: change.deleted,
  };
  const opensAs = (other: Partial<typeof version>) =>
    product.openText(keys, { ...version, ...other }, envelope) !== null;
  if (!opensAs({})) throw new BrokenPromise("an envelope does not open as what it is");
  if (opensAs({ sealedId: NIL_UUID })) throw new BrokenPromise("an envelope opens under another id");
  if (opensAs({ updatedAtMs: version.updatedAtMs + 1 }))
    throw new BrokenPromise("an envelope opens at another time");
  if (opensAs({ deleted: !version.deleted }))
    throw new BrokenPromise("an envelope does not say whether it is deleted");
}
