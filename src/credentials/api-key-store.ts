import { MoodsyncError } from "../domain/moodsync-error.ts";
import { parseApiKey } from "../domain/protocol/api-key.ts";
import { createSecretStore, type KeyPlace, type SecretStore } from "./secret-store.ts";

export interface StoredKey {
  key: string;
  /** The account that the key belongs to: it is part of the key. */
  accountId: string;
  place: KeyPlace;
}

/** Where this device keeps its API key. */
export interface ApiKeyStore extends Omit<SecretStore, "read"> {
  /** Null when there is no key. Throws `unauthorized` for a text that is no key, and a `failure` for a keychain that
   *  does not answer. */
  read(): Promise<StoredKey | null>;
}

export function createApiKeyStore(given: Parameters<typeof createSecretStore>[1]): ApiKeyStore {
  const store = createSecretStore(
    { variable: "MOODSYNC_API_KEY", file: "api-key", entry: (deviceId) => deviceId },
    given,
  );
  return {
    ...store,
    async read() {
      const place = store.place();
      const text = await store.read();
      return text === null ? null : { ...checkApiKey(text), place: place! };
    },
  };
}

/** A key and its account. Throws `unauthorized` for a text that is no key, without repeating it. */
export function checkApiKey(text: string): { key: string; accountId: string } {
  const key = text.trim();
  const parsed = parseApiKey(key);
  if (parsed) return { key, accountId: parsed.userId };
  if (/^seal1/i.test(key)) {
    throw new MoodsyncError("invalid_input", "That is a sealing key; an API key begins with msk_.");
  }
  throw new MoodsyncError("unauthorized", "This is not a complete moodsync API key.", {
    hint: "A key begins with msk_ and is 110 characters long; copy it again, whole.",
  });
}
