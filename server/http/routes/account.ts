import { deleteAccount } from "../../db/delete-account.ts";
import type { Database } from "../../db/pool.ts";
import { Problem } from "../problem.ts";
import { type Route, route } from "../route.ts";
import { contended, pause } from "./transfers.ts";

/** How often something else of the account may be stored at the same moment. */
const MAX_ATTEMPTS = 5;

/** The caller's account as a whole. */
export function accountDeletionRoute({ db }: { db: Database }): Route {
  return route({
    method: "DELETE",
    path: "/v1/account",
    summary: "Delete the account for good, with everything that the server has of it.",
    success: { status: 204, description: "There is no such account any more; no key of it works." },
    problems: ["forbidden"],
    answer: async ({ caller: { userId, keyId } }) => {
      for (let attempt = 1; attempt <= MAX_ATTEMPTS; attempt++) {
        const outcome = await deleteAccount(db, { userId, apiKeyId: keyId });
        if (outcome === "deleted") return {};
        if (outcome === "not_allowed") throw new Problem("forbidden", MAY_DELETE);
        await pause(attempt);
      }
      throw contended();
    },
  });
}

const MAY_DELETE = "Only a key that whoever runs the server has made can delete the account.";
