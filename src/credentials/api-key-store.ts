import { existsSync, readFileSync, rmSync } from "node:fs";
import { join } from "node:path";
import { MoodsyncError } from "../domain/moodsync-error.ts";
import { parseApiKey } from "../domain/protocol/api-key.ts";
import { writePrivateFile } from "../files/private-file.ts";
import { deleteKeyFile, readKeyFile, writeKeyFile } from "./key-file.ts";
import { createKeychain } from "./keychain.ts";

/** Where a key can be kept. */
const STORED_KEY_PLACES = ["keychain", "file"] as const;
export type StoredKeyPlace = (typeof STORED_KEY_PLACES)[number];

/** Where a key was found. */
export type KeyPlace = "environment" | StoredKeyPlace;

export interface StoredKey {
  key: string;
  /** The account that the key belongs to: it is part of the key. */
  accountId: string;
  place: KeyPlace;
}

/** Where this device keeps its API key. `MOODSYNC_API_KEY` goes before what is stored. */
export interface ApiKeyStore {
  /** Null when there is no key. Throws `unauthorized` for a text that is no key, and a `failure` for a keychain that
   *  does not answer. */
  read(): Promise<StoredKey | null>;
  /** Where `read` would find the key, without reading it; null when there is no key. */
  place(): KeyPlace | null;
  /** Keeps a key: at the place that is asked for, here or by `MOODSYNC_KEY_PLACE`; else where the one before is; else
   *  in the system's keychain if it lasts; else in the file. Throws a `failure` where a keychain that was asked for, or
   *  is in use, does not keep it: a key is never moved without being asked to. `isLeftBehind`: the keychain did not
   *  answer, and still holds the key before. */
  write(
    key: string,
    options: { deviceId: string; place?: StoredKeyPlace | undefined },
  ): Promise<{ isLeftBehind: boolean }>;
  forget(): Promise<void>;
}

export function createApiKeyStore(given: {
  configDir: string;
  env: Record<string, string | undefined>;
}): ApiKeyStore {
  const keyFile = join(given.configDir, "api-key");
  /** Present where the key is in the keychain; holds the name of its entry: the device id it was stored under. */
  const entryFile = join(given.configDir, "api-key-entry");
  const keychain = createKeychain(given.env);

  function place(): KeyPlace | null {
    if (given.env.MOODSYNC_API_KEY?.trim()) return "environment";
    return storedPlace();
  }

  function storedPlace(): StoredKeyPlace | null {
    if (existsSync(keyFile)) return "file";
    return existsSync(entryFile) ? "keychain" : null;
  }

  async function readText(from: KeyPlace): Promise<string | null> {
    switch (from) {
      case "environment":
        return given.env.MOODSYNC_API_KEY!;
      case "file":
        return readKeyFile(keyFile);
      case "keychain":
        return keychain.read(readFileSync(entryFile, "utf8").trim());
    }
  }

  async function forgetEntry(): Promise<void> {
    if (!existsSync(entryFile)) return;
    await keychain.remove(readFileSync(entryFile, "utf8").trim());
    rmSync(entryFile, { force: true });
  }

  /** Keeps the key in the keychain alone. False where that does not keep it. */
  async function writeToKeychain(key: string, deviceId: string): Promise<boolean> {
    if (!(await keychain.write(deviceId, key))) return false;
    const previous = existsSync(entryFile) ? readFileSync(entryFile, "utf8").trim() : deviceId;
    if (previous !== deviceId) await keychain.remove(previous);
    writePrivateFile(entryFile, `${deviceId}\n`);
    deleteKeyFile(keyFile);
    return true;
  }

  return {
    place,
    async read() {
      const from = place();
      const text = from && (await readText(from));
      return text === null ? null : { ...checkApiKey(text), place: from! };
    },
    async write(key, { deviceId, place: asked }) {
      const wanted = asked ?? parseKeyPlace(given.env.MOODSYNC_KEY_PLACE) ?? storedPlace();
      if (wanted !== "file" && (await writeToKeychain(key, deviceId))) return { isLeftBehind: false };
      if (wanted === "keychain") throw notKept();
      writeKeyFile(keyFile, key);
      try {
        await forgetEntry();
        return { isLeftBehind: false };
      } catch {
        // Asked for a file because the keychain does not answer, it is not asked for an answer.
        rmSync(entryFile, { force: true });
        return { isLeftBehind: true };
      }
    },
    async forget() {
      deleteKeyFile(keyFile);
      await forgetEntry();
    },
  };
}

/** The place that was typed; undefined where none was. Throws `usage` for what is no place. */
export function parseKeyPlace(text: string | undefined): StoredKeyPlace | undefined {
  if (text === undefined || text === "") return undefined;
  const place = STORED_KEY_PLACES.find((name) => name === text);
  if (place) return place;
  throw new MoodsyncError("usage", "The key's place must be keychain or file.");
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

function notKept(): MoodsyncError {
  return new MoodsyncError(
    "failure",
    "The system's keychain did not store the key, so nothing was changed.",
    {
      hint: "Unlock it and try again, or keep the key in a file: `--key-place file`.",
    },
  );
}
