import * as z from "zod";
import { LABEL } from "../../domain/entities/field-kinds.ts";
import { MoodsyncError } from "../../domain/moodsync-error.ts";
import {
  type ApiKeyInfo,
  ApiKeyListResponse,
  NewApiKeyResponse,
} from "../../domain/protocol/api-key-info.ts";
import type { RegisteredDevice } from "../../domain/protocol/registered-device.ts";
import { transaction } from "../../local/storage/database.ts";
import { updateSyncConfig } from "../../local/sync-state/sync-config.ts";
import type { Account } from "../device.ts";
import { readAnswer, readProblem } from "../http/answer-meaning.ts";
import type { HttpClient } from "../http/http-client.ts";
import { sendChecked } from "../http/http-transport.ts";
import { withAccountClient, withClient } from "../open-session.ts";
import { fetchAccountDevices } from "./account-devices.ts";
import { checkDeviceLabel, putDeviceLabel } from "./device-label.ts";

const LIST_KEYS = { method: "GET", path: "/v1/auth/api-keys" } as const;

/** The keys that were made with a key, and those that were made with these: they fall with it. */
export function keysMadeWith<Key extends Pick<ApiKeyInfo, "id" | "made_by">>(
  keys: readonly Key[],
  { id }: Pick<ApiKeyInfo, "id">,
): Key[] {
  const made = new Set([id]);
  // Iterating a set also reaches what is added to it meanwhile.
  for (const maker of made) {
    for (const key of keys) if (key.made_by === maker) made.add(key.id);
  }
  return keys.filter((key) => key.id !== id && made.has(key.id));
}

/** All devices of the account, oldest first. Their names are kept for when the server is away. Like all questions
 *  here it throws what a sync throws: `not_configured`, `unauthorized`, `other_account`, `unreachable`. */
export function listDevices(account: Account, signal?: AbortSignal): Promise<RegisteredDevice[]> {
  return withClient(
    account,
    (client, _, sealing) => fetchAccountDevices({ db: account.db, client, sealing }),
    { signal },
  );
}

/** Gives a device of the account another name. Throws `invalid_input` for a name that cannot be. */
export async function renameDevice(
  account: Account,
  { id, label }: { id: string; label: string },
  signal?: AbortSignal,
): Promise<void> {
  const { db } = account;
  checkDeviceLabel(label);
  await withClient(
    account,
    async (client, { deviceId }, sealing) => {
      await putDeviceLabel(client, { id, label }, sealing);
      if (id === deviceId) transaction(db, () => updateSyncConfig(db, { deviceLabel: label }));
    },
    { signal },
  );
}

/** All keys of the account, oldest first, revoked ones too. Like all that is done with them it needs no sealing key. */
export function listApiKeys(account: Account, signal?: AbortSignal): Promise<ApiKeyInfo[]> {
  return withAccountClient(
    account,
    async (client) => (await sendChecked(client, LIST_KEYS, ApiKeyListResponse)).api_keys,
    { signal },
  );
}

/** Revokes a key of the account, and those that were made with it: no device can use them any more. Throws `not_found`
 *  for one that the account does not have, and `failure` for one that was not made with this device's. */
export async function revokeApiKey(
  account: Account,
  { id, is_current }: Pick<ApiKeyInfo, "id" | "is_current">,
  signal?: AbortSignal,
): Promise<void> {
  const request = { method: "DELETE", path: `/v1/auth/api-keys/${id}` } as const;
  await withAccountClient(
    account,
    async (client) => {
      const answer = await client.send(request);
      const code = readProblem(answer)?.code;
      // The first attempt did it, and only its answer was lost.
      const isDone = code === "not_found" || (code === "unauthorized" && is_current);
      if (answer.isRepeated && isDone) return;
      readAnswer(answer, z.undefined(), noSuchKey);
      await confirmRevoked(client, id);
    },
    { signal },
  );
}

/** A success without a body could be anybody's, and a key that was lost must not live on unnoticed. */
async function confirmRevoked(client: HttpClient, id: string): Promise<void> {
  const answer = await client.send(LIST_KEYS);
  if (readProblem(answer)?.code === "unauthorized") return; // it was this device's own
  const { api_keys } = readAnswer(answer, ApiKeyListResponse);
  if (api_keys.some((key) => key.id === id && key.revoked_at === null)) {
    throw new MoodsyncError("unreachable", "The key still works: something answered in the server's place.", {
      hint: "Try again from another network.",
    });
  }
}

function noSuchKey(): MoodsyncError {
  return new MoodsyncError("not_found", "The account has no such key, or it was revoked before.", {
    hint: "`moodsync account keys` lists them.",
  });
}

/** Makes another key of the account. Only this answer ever holds it. Throws `invalid_input` for a label that cannot
 *  be, and `failure` where the answer was lost. */
export async function addApiKey(
  account: Account,
  { label }: { label: string | null },
): Promise<NewApiKeyResponse> {
  const problem = label === null ? null : LABEL.rule(label);
  if (problem) throw new MoodsyncError("invalid_input", `The key's label ${problem}.`);
  const request = { method: "POST", path: "/v1/auth/api-keys", body: { label }, lostAnswer } as const;
  return withAccountClient(account, (client) => sendChecked(client, request, NewApiKeyResponse));
}

function lostAnswer(): MoodsyncError {
  return new MoodsyncError(
    "failure",
    "The server's answer was lost: it may have made a key, which nobody has seen.",
    {
      hint: "Where `moodsync account keys` lists one that was never used, `moodsync account keys revoke` ends it; then add one again.",
    },
  );
}
