import {
  FoundingRequest,
  GenerationChanged,
  SealingInfo,
} from "../../../src/domain/protocol/sealing-info.ts";
import type { Quotas } from "../../accounts/quotas.ts";
import type { Database } from "../../db/pool.ts";
import { createFoundingStore, readSealing, removeRetired } from "../../db/sealing.ts";
import { foundGeneration } from "../../sync/found-generation.ts";
import type { QueryParameter } from "../check-request.ts";
import { generationChanged, Problem, quotaExceeded } from "../problem.ts";
import { type Route, route } from "../route.ts";
import { contended, newNonce, pause } from "./transfers.ts";

/** Which kind the caller's account is, and what makes it another. */
export function sealingRoutes({ db, quotas }: { db: Database; quotas: Quotas }): Route[] {
  const store = createFoundingStore(db);
  return [
    route({
      method: "GET",
      path: "/v1/sealing",
      summary: "Whether the account is sealed, and of which generation it is.",
      parts: { GenerationChanged },
      success: { status: 200, description: "The account as it is.", body: { SealingInfo } },
      problems: [],
      answer: async ({ caller }) => ({ body: await readSealing(db, caller.userId) }),
    }),
    route({
      method: "PUT",
      path: "/v1/sealing",
      summary: "Found the account's data anew: sealed, sealed with another key, or plain.",
      request: { FoundingRequest },
      success: {
        status: 200,
        description: "The account as it is now: of a new generation, which is empty.",
        body: { SealingInfo },
      },
      problems: ["generation_changed", "not_at_head", "sealing_refused", "quota_exceeded"],
      answer: async ({ caller: { userId, keyId }, body: request, note }) => {
        note({ deviceId: request.device_id, generation: request.generation });
        const context = { store, newNonce, pause, apiKeyId: keyId, quotaBytes: quotas.bytes };
        const outcome = await foundGeneration(context, userId, request);
        switch (outcome.status) {
          case "founded":
            return { body: await readSealing(db, userId) };
          case "generation_changed":
            throw generationChanged(outcome.sealing);
          case "not_at_head":
            throw new Problem("not_at_head", "The device has not downloaded everything; sync, then found.");
          case "refused":
            throw new Problem("sealing_refused", outcome.detail);
          case "malformed":
            throw new Problem("malformed", outcome.detail);
          case "quota_exceeded":
            throw quotaExceeded("much data");
          case "contended":
            throw contended();
        }
      },
    }),
    route({
      method: "DELETE",
      path: "/v1/sealing/retired",
      summary: "Remove everything of other generations than the account's.",
      query: { generation: generationParameter },
      success: { status: 204, description: "Nothing is retired any more." },
      problems: ["malformed", "generation_changed"],
      answer: async ({ caller: { userId, keyId }, query: { generation }, note }) => {
        if (generation === undefined) throw noGeneration();
        note({ generation });
        if (await removeRetired(db, { userId, generation, apiKeyId: keyId })) return {};
        throw generationChanged(await readSealing(db, userId));
      },
    }),
  ];
}

/** In the query, because what lies between a client and a server may drop or refuse the body of a DELETE (RFC 9110,
 *  section 9.3.5). */
const generationParameter: QueryParameter<number> = {
  description: "The generation that is kept: the account's. It must be there.",
  read: (text) => {
    if (/^(0|[1-9]\d{0,9})$/.test(text) && Number(text) <= 2_147_483_647) return Number(text);
    throw noGeneration();
  },
};

function noGeneration(): Problem {
  return new Problem("malformed", "The query must name the generation that is kept.");
}
