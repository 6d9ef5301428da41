import { MoodsyncError } from "../domain/moodsync-error.ts";
import type { SealingKey } from "../sealing/sealing-key.ts";
import { createSecretStore, type KeyPlace, type SecretStore, type StoredKeyPlace } from "./secret-store.ts";

/** How a key is to be kept, as `SecretStore.write` takes it. */
export interface Keeping {
  deviceId: string;
  place?: StoredKeyPlace | undefined;
}

/** Where this device keeps the account's sealing key: beside the API key, by the same rules, and never in the database. */
export interface SealingKeyStore {
  /** Where the key is, without reading it; null when there is none. */
  place(): KeyPlace | null;
  /** The key in use, then one that was proposed, as far as they are there. Throws `invalid_input` for a text that is no
   *  sealing key, and a `failure` for a keychain that does not answer. */
  readAll(): Promise<SealingKey[]>;
  /** Keeps a key beside the one in use, before an account is founded with it: whatever happens then, it is here. */
  propose(key: SealingKey, keeping: Keeping): Promise<void>;
  /** Makes a key the one in use, and forgets what was proposed. */
  keep(key: SealingKey, keeping: Keeping): Promise<void>;
  forget(): Promise<void>;
}

export function createSealingKeyStore(given: Parameters<typeof createSecretStore>[1]): SealingKeyStore {
  const inUse = createSecretStore(
    { variable: "MOODSYNC_SEALING_KEY", file: "sealing-key", entry: (id) => `${id}/sealing-key` },
    given,
  );
  const proposed = createSecretStore(
    { variable: null, file: "proposed-sealing-key", entry: (id) => `${id}/proposed-sealing-key` },
    given,
  );
  const read = async (store: SecretStore) => {
    const text = await store.read();
    return text === null ? [] : [(await sealingKeys()).readSealingKey(text)];
  };
  return {
    place: inUse.place,
    readAll: async () => [...(await read(inUse)), ...(await read(proposed))],
    async propose(key, { deviceId, place }) {
      const { formatSealingKey } = await sealingKeys();
      await proposed.write(formatSealingKey(key), { deviceId, place: place ?? storedPlace(inUse) });
    },
    async keep(key, { deviceId, place }) {
      const { formatSealingKey } = await sealingKeys();
      const text = formatSealingKey(key);
      const [current] = await read(inUse);
      const isKept = current !== undefined && formatSealingKey(current) === text;
      if (inUse.place() === "environment") {
        if (!isKept) throw inTheWay();
      } else if (!isKept || place !== undefined) await inUse.write(text, { deviceId, place });
      await proposed.forget();
    },
    async forget() {
      await proposed.forget();
      await inUse.forget();
    },
  };
}

/** What logs a mood opens the store too, and never reads a sealing key. */
const sealingKeys = () => import("../sealing/sealing-key.ts");

function storedPlace(store: SecretStore): StoredKeyPlace | undefined {
  const place = store.place();
  return place === "environment" || place === null ? undefined : place;
}

/** What stands in the environment goes before what is stored, so another key there would never be read. */
function inTheWay(): MoodsyncError {
  return new MoodsyncError(
    "invalid_input",
    "MOODSYNC_SEALING_KEY holds another sealing key; nothing was changed.",
    {
      hint: "Take it out of the environment and run the command again.",
    },
  );
}
