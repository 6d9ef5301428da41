import { existsSync, readFileSync, rmSync } from "node:fs";
import { join } from "node:path";
import { MoodsyncError } from "../domain/moodsync-error.ts";
import { writePrivateFile } from "../files/private-file.ts";
import { deleteKeyFile, readKeyFile, writeKeyFile } from "./key-file.ts";
import { createKeychain } from "./keychain.ts";

/** Where a key can be kept. */
const STORED_KEY_PLACES = ["keychain", "file"] as const;
export type StoredKeyPlace = (typeof STORED_KEY_PLACES)[number];

/** Where a key was found. */
export type KeyPlace = "environment" | StoredKeyPlace;

/** Where this device keeps one of its two keys, the API key or the sealing key. A variable of the environment goes before
 *  what is stored. */
export interface SecretStore {
  /** The key's text as it was stored or set; null when there is none. Throws a `failure` for a keychain that does not
   *  answer. */
  read(): Promise<string | null>;
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

/** How a key is named where it can be. */
export interface SecretNames {
  /** The variable of the environment; null: there is none. */
  variable: "MOODSYNC_API_KEY" | "MOODSYNC_SEALING_KEY" | null;
  /** The file in the configuration directory. */
  file: string;
  /** The entry in the keychain of the device with this id. */
  entry(deviceId: string): string;
}

export function createSecretStore(
  names: SecretNames,
  given: { configDir: string; env: Record<string, string | undefined> },
): SecretStore {
  const keyFile = join(given.configDir, names.file);
  /** Present where the key is in the keychain; holds the name of its entry, which has the device id that it was stored
   *  under. */
  const entryFile = join(given.configDir, `${names.file}-entry`);
  const inEnvironment = () => (names.variable === null ? undefined : given.env[names.variable]);
  const keychain = createKeychain(given.env, names.variable);

  function place(): KeyPlace | null {
    if (inEnvironment()?.trim()) return "environment";
    return storedPlace();
  }

  function storedPlace(): StoredKeyPlace | null {
    if (existsSync(keyFile)) return "file";
    return existsSync(entryFile) ? "keychain" : null;
  }

  async function forgetEntry(): Promise<void> {
    if (!existsSync(entryFile)) return;
    await keychain.remove(readFileSync(entryFile, "utf8").trim());
    rmSync(entryFile, { force: true });
  }

  /** Keeps the key in the keychain alone. False where that does not keep it. */
  async function writeToKeychain(key: string, entry: string): Promise<boolean> {
    if (!(await keychain.write(entry, key))) return false;
    const previous = existsSync(entryFile) ? readFileSync(entryFile, "utf8").trim() : entry;
    if (previous !== entry) await keychain.remove(previous);
    writePrivateFile(entryFile, `${entry}\n`);
    deleteKeyFile(keyFile);
    return true;
  }

  return {
    place,
    async read() {
      switch (place()) {
        case "environment":
          return inEnvironment()!;
        case "file":
          return readKeyFile(keyFile);
        case "keychain":
          return keychain.read(readFileSync(entryFile, "utf8").trim());
        case null:
          return null;
      }
    },
    async write(key, { deviceId, place: asked }) {
      const wanted = asked ?? parseKeyPlace(given.env.MOODSYNC_KEY_PLACE) ?? storedPlace();
      if (wanted !== "file" && (await writeToKeychain(key, names.entry(deviceId))))
        return { isLeftBehind: false };
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

function notKept(): MoodsyncError {
  return new MoodsyncError(
    "failure",
    "The system's keychain did not store the key, so nothing was changed.",
    {
      hint: "Unlock it and try again, or keep the key in a file: `--key-place file`.",
    },
  );
}
