import { randomUUID } from "node:crypto";
import { isUuid } from "../../../src/domain/identifiers.ts";
import { NewApiKeyRequest } from "../../../src/domain/protocol/api-key-info.ts";
import { newApiKey } from "../../accounts/api-key-secret.ts";
import type { Quotas } from "../../accounts/quotas.ts";
import { listApiKeys, makeApiKey, revokeApiKey } from "../../db/api-keys.ts";
import type { Database } from "../../db/pool.ts";
import { Problem, quotaExceeded } from "../problem.ts";
import { parseBody } from "../request-schema.ts";
import type { Route } from "../router.ts";

const MAY_REVOKE =
  "A key can be revoked by itself, by the keys that it was made with, and by whoever runs the server.";

/** The keys of the caller's account. */
export function apiKeyRoutes({ db, quotas }: { db: Database; quotas: Quotas }): Route[] {
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
        const key = { userId: caller.userId, id, secretHash, label: label ?? null, madeBy: caller.keyId };
        if (!(await makeApiKey(db, { ...key, quota: quotas.keys }))) throw quotaExceeded("many keys");
        return { status: 201, body: { id, label: label ?? null, api_key: text } };
      },
    },
    {
      method: "DELETE",
      pattern: "/v1/auth/api-keys/{id}",
      answer: async ({ caller, parameters: { id } }) => {
        if (!isUuid(id)) throw noSuchKey();
        const { status } = await revokeApiKey(db, { userId: caller.userId, id, by: caller.keyId });
        if (status === "not_found") throw noSuchKey();
        if (status === "not_allowed") throw new Problem("forbidden", MAY_REVOKE);
        return { status: 204 };
      },
    },
  ];
}

function noSuchKey(): Problem {
  return new Problem("not_found", "The account has no such key.");
}
