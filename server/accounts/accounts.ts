import { randomUUID } from "node:crypto";
import { LABEL } from "../../src/domain/entities/field-kinds.ts";
import { isUuid } from "../../src/domain/identifiers.ts";
import { MoodsyncError } from "../../src/domain/moodsync-error.ts";
import { parseApiKey } from "../../src/domain/protocol/api-key.ts";
import { hashSecret, newApiKey } from "../api-key-secret.ts";
import { type ApiKeyRow, insertApiKey, listApiKeys, revokeApiKey } from "../db/api-keys.ts";
import { deleteAccount } from "../db/delete-account.ts";
import type { Database } from "../db/pool.ts";
import { insertUser, isSealed, userExists } from "../db/users.ts";

/** Makes an account and its first key. With `takenKey` the account and the key are those that a user already has,
 *  because their server was lost whole; doing so twice changes nothing. Where it may not be sealed, this server goes on
 *  reading it, as a study needs that reads its tables. */
export async function addUser(
  db: Database,
  { takenKey, maySeal = true }: { takenKey?: string; maySeal?: boolean } = {},
): Promise<{ userId: string; apiKey: string }> {
  const { userId, secretHash, text } = takenKey === undefined ? newAccountKey() : readKey(takenKey);
  if (!maySeal && (await isSealed(db, userId))) {
    throw new MoodsyncError("failure", "The account is sealed already; only its owner can unseal it.");
  }
  await insertUser(db, userId, { maySeal });
  await insertApiKey(db, { userId, id: randomUUID(), secretHash, label: null });
  return { userId, apiKey: text };
}

/** Makes another key of an account. */
export async function addKey(
  db: Database,
  { userId, label }: { userId: string; label: string | null },
): Promise<{ id: string; apiKey: string }> {
  await requireUser(db, userId);
  const problem = label === null ? null : LABEL.rule(label);
  if (problem) throw new MoodsyncError("invalid_input", `The key's label ${problem}.`);
  const id = randomUUID();
  const { text, secretHash } = newApiKey(userId);
  await insertApiKey(db, { userId, id, secretHash, label });
  return { id, apiKey: text };
}

/** The keys of an account, revoked ones too. */
export async function listKeys(db: Database, userId: string): Promise<ApiKeyRow[]> {
  await requireUser(db, userId);
  return listApiKeys(db, userId);
}

/** Revokes a key of an account for good, and every key that was made with it. Gives those others. */
export async function revokeKey(
  db: Database,
  { userId, id }: { userId: string; id: string },
): Promise<{ fell: Pick<ApiKeyRow, "id" | "label">[] }> {
  await requireUser(db, userId);
  const outcome = isUuid(id) ? await revokeApiKey(db, { userId, id, by: null }) : null;
  if (outcome?.status === "revoked") return { fell: outcome.keys.filter((key) => key.id !== id) };
  throw new MoodsyncError("not_found", "The account has no key with that id.", {
    hint: "`moodsync admin key list` shows the ids.",
  });
}

function newAccountKey() {
  const userId = randomUUID();
  return { userId, ...newApiKey(userId) };
}

function readKey(text: string) {
  const key = parseApiKey(text.trim());
  if (key) return { userId: key.userId, secretHash: hashSecret(key), text: text.trim() };
  throw new MoodsyncError("invalid_input", "That is not an API key, or it was mistyped.", {
    hint: "A key begins with msk_ and has 110 characters.",
  });
}

/** Times that a deletion is tried while devices of the account store something. */
const DELETION_ATTEMPTS = 20;

/** Deletes an account with all that belongs to it, for whoever runs the server. Throws a `not_found`, and a `failure` with
 *  nothing deleted where the account never rests. */
export async function removeUser(db: Database, userId: string): Promise<void> {
  await requireUser(db, userId);
  for (let attempt = 1; attempt <= DELETION_ATTEMPTS; attempt++) {
    if ((await deleteAccount(db, { userId, apiKeyId: null })) === "deleted") return;
  }
  throw new MoodsyncError("failure", "The account's devices are storing something; nothing was deleted.", {
    hint: "Revoke its keys with `moodsync admin key revoke`, then try again.",
  });
}

/** Throws a `not_found` unless there is such an account. */
export async function requireUser(db: Database, userId: string): Promise<void> {
  if (isUuid(userId) && (await userExists(db, userId))) return;
  throw new MoodsyncError("not_found", "There is no account with that id.", {
    hint: "`moodsync admin user list` shows the ids.",
  });
}
