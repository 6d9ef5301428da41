import { randomUUID } from "node:crypto";
import { chmodSync, closeSync, existsSync, fsyncSync, openSync, readFileSync, writeSync } from "node:fs";
import { join } from "node:path";
import { parseApiKey } from "../../src/domain/protocol/api-key.ts";
import { makePrivateDirectory } from "../../src/files/private-directory.ts";
import { newApiKey } from "../api-key-secret.ts";
import type { Database } from "../db/pool.ts";
import { hasUsers } from "../db/users.ts";
import type { ServerLog } from "../observability/log.ts";
import { addUser } from "./accounts.ts";

/** On the first start of a server of one's own there is nobody to ask for a key: makes an account and returns the path
 *  of a 0600 file with its key; null when there are accounts already. The file is on disk before the account is in
 *  the database, so that a start that was cut short leaves no account without a key. A key that is there already is
 *  taken, and the log says so: where the data is gone, devices have it and give back what they hold. */
export async function createFirstAccount(
  db: Database,
  { directory, log }: { directory: string; log: ServerLog },
): Promise<string | null> {
  if (await hasUsers(db)) return null;
  const path = join(directory, "account.key");
  const left = existsSync(path) ? readFileSync(path, "utf8").trim() : "";
  if (parseApiKey(left)) {
    await addUser(db, { takenKey: left });
    log.warn("the database was empty, so the account of account.key was made again");
    return path;
  }
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
