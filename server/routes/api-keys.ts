import { randomUUID } from "node:crypto";
import { NewApiKeyRequest } from "../../src/domain/api-key-info.ts";
import { isUuid } from "../../src/domain/identifiers.ts";
import { newApiKey } from "../api-key-secret.ts";
import { insertApiKey, listApiKeys, revokeApiKey } from "../db/api-keys.ts";
import type { Database } from "../db/pool.ts";
import { Problem } from "../http/problem.ts";
import { parseBody } from "../http/request-schema.ts";
import type { Route } from "../router.ts";

/** The keys of the caller's account. */
export function apiKeyRoutes({ db }: { db: Database }): Route[] {
  return [
    {
      method: "GET",
      pattern: "/v1/auth/api-keys",
      answer: async ({ caller }) => {
        const keys = await listApiKeys(db, caller.userId);
        return {
          status: 200,
          body: { api_keys: keys.map((key) => ({ ...key, is_current: key.id === caller.keyId })) },
        };
      },
    },
    {
      method: "POST",
      pattern: "/v1/auth/api-keys",
      answer: async ({ caller, body }) => {
        const { label } = parseBody<NewApiKeyRequest>(NewApiKeyRequest, body);
        const id = randomUUID();
        const { text, secretHash } = newApiKey(caller.userId);
        await insertApiKey(db, { userId: caller.userId, id, secretHash, label: label ?? null });
        return { status: 201, body: { id, label: label ?? null, api_key: text } };
      },
    },
    {
      method: "DELETE",
      pattern: "/v1/auth/api-keys/{id}",
      answer: async ({ caller, parameters: { id } }) => {
        const revoked = isUuid(id) && (await revokeApiKey(db, { userId: caller.userId, id }));
        if (!revoked) throw new Problem("not_found", "The account has no such key.");
        return { status: 204 };
      },
    },
  ];
}
