import { randomUUID } from "node:crypto";
import {
  ApiKeyInfo,
  ApiKeyListResponse,
  NewApiKeyRequest,
  NewApiKeyResponse,
} from "../../../src/domain/protocol/api-key-info.ts";
import type { Quotas } from "../../accounts/quotas.ts";
import { newApiKey } from "../../api-key-secret.ts";
import { listApiKeys, makeApiKey, revokeApiKey } from "../../db/api-keys.ts";
import type { Database } from "../../db/pool.ts";
import { uuid } from "../check-request.ts";
import { Problem, quotaExceeded } from "../problem.ts";
import { type Route, route } from "../route.ts";

const MAY_REVOKE =
  "A key can be revoked by itself, by the keys that it was made with, and by whoever runs the server.";

/** The keys of the caller's account. */
export function apiKeyRoutes({ db, quotas }: { db: Database; quotas: Quotas }): Route[] {
  return [
    route({
      method: "GET",
      path: "/v1/auth/api-keys",
      summary: "The API keys of the account, oldest first, without the keys themselves.",
      parts: { ApiKeyInfo },
      success: {
        status: 200,
        description: "All keys, revoked ones too.",
        body: { ApiKeyListResponse },
      },
      problems: [],
      answer: async ({ caller }) => {
        const keys = await listApiKeys(db, caller.userId);
        return { body: { api_keys: keys.map((key) => ({ ...key, is_current: key.id === caller.keyId })) } };
      },
    }),
    route({
      method: "POST",
      path: "/v1/auth/api-keys",
      summary: "Make another API key.",
      request: { NewApiKeyRequest },
      success: {
        status: 201,
        description: "The new key, which is shown only this once.",
        body: { NewApiKeyResponse },
      },
      problems: ["quota_exceeded"],
      answer: async ({ caller, body: { label } }) => {
        const id = randomUUID();
        const { text, secretHash } = newApiKey(caller.userId);
        const key = { userId: caller.userId, id, secretHash, label: label ?? null, madeBy: caller.keyId };
        if (!(await makeApiKey(db, { ...key, quota: quotas.keys }))) throw quotaExceeded("many keys");
        return { body: { id, label: label ?? null, api_key: text } };
      },
    }),
    route({
      method: "DELETE",
      path: "/v1/auth/api-keys/{id}",
      summary: "Revoke an API key for good.",
      parameters: { id: uuid(noSuchKey) },
      success: {
        status: 204,
        description: "The key is revoked, and all that were made with it; it may be the one of this request.",
      },
      problems: ["not_found", "forbidden"],
      answer: async ({ caller, parameters: { id } }) => {
        const { status } = await revokeApiKey(db, { userId: caller.userId, id, by: caller.keyId });
        if (status === "not_found") throw noSuchKey();
        if (status === "not_allowed") throw new Problem("forbidden", MAY_REVOKE);
        return {};
      },
    }),
  ];
}

function noSuchKey(): Problem {
  return new Problem("not_found", "The account has no such key.");
}
