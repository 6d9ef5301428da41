import { randomUUID } from "node:crypto";
import { chmodSync, closeSync, fsyncSync, openSync, writeSync } from "node:fs";
import { join } from "node:path";
import { makePrivateDirectory } from "../src/files/private-directory.ts";
import { addUser } from "./accounts.ts";
import { newApiKey } from "./api-key-secret.ts";
import type { Database } from "./db/pool.ts";
import { hasUsers } from "./db/users.ts";

/** On the first start of a server of one's own there is nobody to ask for a key: makes an account and returns the path
 *  of a new 0600 file with its key; null when there are accounts already. The file is on disk before the account is in
 *  the database, so that a start that was cut short leaves no account without a key. */
export async function createFirstAccount(db: Database, directory: string): Promise<string | null> {
  if (await hasUsers(db)) return null;
  const path = join(directory, "account.key");
  const { text } = newApiKey(randomUUID());
  makePrivateDirectory(directory);
  const file = openSync(path, "w", 0o600);
  chmodSync(path, 0o600);
  writeSync(file, `${text}\n`);
  fsyncSync(file);
  closeSync(file);
  await addUser(db, { takenKey: text });
  return path;
}
