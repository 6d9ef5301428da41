import { join } from "node:path";
import { parseApiKey } from "../domain/api-key.ts";
import { MoodsyncError } from "../domain/moodsync-error.ts";
import { deleteKeyFile, readKeyFile, writeKeyFile } from "./key-file.ts";

/** Where a key was found. */
export type KeyPlace = "environment" | "file";

export interface StoredKey {
  key: string;
  /** The account that the key belongs to: it is part of the key. */
  accountId: string;
  place: KeyPlace;
}

/** Where this device keeps its API key: `MOODSYNC_API_KEY` goes before the file. */
export interface ApiKeyStore {
  /** Null when there is no key. Throws `unauthorized` for a text that is no key. */
  read(): StoredKey | null;
  write(key: string): void;
  forget(): void;
}

export function createApiKeyStore(given: {
  configDir: string;
  env: Record<string, string | undefined>;
}): ApiKeyStore {
  const path = join(given.configDir, "api-key");
  return {
    read() {
      const fromEnvironment = given.env.MOODSYNC_API_KEY?.trim();
      if (fromEnvironment) return { ...checkApiKey(fromEnvironment), place: "environment" };
      const fromFile = readKeyFile(path);
      return fromFile === null ? null : { ...checkApiKey(fromFile), place: "file" };
    },
    write: (key) => writeKeyFile(path, key),
    forget: () => deleteKeyFile(path),
  };
}

/** A key and its account. Throws `unauthorized` for a text that is no key, without repeating it. */
export function checkApiKey(text: string): { key: string; accountId: string } {
  const key = text.trim();
  const parsed = parseApiKey(key);
  if (parsed) return { key, accountId: parsed.userId };
  throw new MoodsyncError("unauthorized", "This is not a complete moodsync API key.", {
    hint: "A key begins with msk_ and is 110 characters long; copy it again, whole.",
  });
}
