import { parseApiKey } from "../src/domain/protocol/api-key.ts";
import { MINUTE_MS } from "../src/domain/time/durations.ts";
import { createWorkingKeys, WORKING_KEY_MS } from "./accounts/working-keys.ts";
import { hashSecret } from "./api-key-secret.ts";
import { findApiKey, isStillValid, listWorkingKeys, touchApiKey } from "./db/api-keys.ts";
import type { Database } from "./db/pool.ts";
import { networkOf } from "./http/client-address.ts";
import { Problem, unauthorized } from "./http/problem.ts";
import { createTurns } from "./http/turns.ts";
import { createRateLimit } from "./rate-limit.ts";

/** Who sends a request. */
export interface Caller {
  userId: string;
  keyId: string;
}

export interface Authentication {
  /** Throws 401 for a key that is missing, malformed, wrong or revoked, and 429 for too many requests of one account or
   *  too many failures of one network. */
  authenticate(request: {
    authorization: string | undefined;
    address: string;
    /** The work on it begins with a statement that checks the key: one that was found lately is not looked up first. */
    isCheckedByWork?: boolean;
  }): Promise<Caller>;
  /** Forgets that a key has worked, which the work on a request found revoked. */
  forget(request: { authorization: string | undefined }): void;
  /** Throws 401 where the caller's key has been revoked since. */
  recheck(caller: Caller): Promise<void>;
  /** Recalls the keys that have worked with a server before this one. */
  recallWorkingKeys(): Promise<void>;
}

export interface AuthenticationLimits {
  failuresPerMinute: number;
  requestsPerMinute: number;
}

/** A sync of 100,000 entries takes some 200 requests; guessing a key is hopeless, and this keeps it cheap as well. */
export const DEFAULT_LIMITS: AuthenticationLimits = { failuresPerMinute: 60, requestsPerMinute: 6_000 };

/** Queries for a key at once of one account or, of keys that have not worked yet, of one network. */
const LOOKUPS = { atOnce: 2, waiting: 64, waitMs: 5_000 };

/** A request is judged in three steps. A key that has worked lately is never held up by others' failures: behind a proxy
 *  all share one address. A key that has not, of an account that has, is held up by failures with that account's id,
 *  which hardly a stranger knows. All others are held up by the failures of their network. */
export function createAuthentication(options: {
  db: Database;
  limits: AuthenticationLimits;
  nowMs: () => number;
}): Authentication {
  const { db, limits, nowMs } = options;
  const failures = createRateLimit({ limit: limits.failuresPerMinute, windowMs: MINUTE_MS, nowMs });
  const requests = createRateLimit({ limit: limits.requestsPerMinute, windowMs: MINUTE_MS, nowMs });
  const working = createWorkingKeys({ nowMs });
  const lookups = createTurns(LOOKUPS);

  /** What the key's failure counts against, or null where it may be checked in any case. */
  function countedAs(key: { userId: string; secretHash: string }, network: string): string | null {
    if (working.hasKey(key.secretHash)) return null;
    return working.hasAccount(key.userId) ? key.userId : network;
  }

  /** Counted before the key is checked and taken back after it: else all that run at once would pass. */
  async function findCounted(key: { userId: string; secretHash: string }, network: string) {
    const counted = countedAs(key, network);
    if (counted !== null && !failures.count(counted)) throw tooMany(failures.secondsLeft());
    let isWrong = false;
    try {
      const endLookup = await lookups.take(counted ?? key.userId);
      const found = await findApiKey(db, key).finally(endLookup);
      isWrong = found === undefined;
      return found;
    } finally {
      if (counted !== null && !isWrong) failures.takeBack(counted);
    }
  }

  return {
    async authenticate({ authorization, address, isCheckedByWork = false }) {
      const network = networkOf(address);
      const key = readKey(authorization);
      if (key === null) {
        if (!failures.count(network)) throw tooMany(failures.secondsLeft());
        throw unauthorized();
      }
      if (working.hasKey(key.secretHash) && requests.isExceeded(key.userId)) {
        throw tooMany(requests.secondsLeft());
      }
      const idFoundLately = isCheckedByWork ? working.foundLately(key.secretHash) : undefined;
      if (idFoundLately !== undefined) {
        working.note(key);
        if (!requests.count(key.userId)) throw tooMany(requests.secondsLeft());
        return { userId: key.userId, keyId: idFoundLately };
      }
      const found = await findCounted(key, network);
      if (!found) {
        working.forget(key);
        throw unauthorized();
      }
      working.noteFound({ ...key, id: found.id });
      if (!requests.count(key.userId)) throw tooMany(requests.secondsLeft());
      // To the hour is enough, and a request must not fail for it.
      if (!found.isUsedLately) await touchApiKey(db, { userId: key.userId, id: found.id }).catch(() => {});
      return { userId: key.userId, keyId: found.id };
    },

    forget({ authorization }) {
      const key = readKey(authorization);
      if (key !== null) working.forget(key);
    },

    async recheck({ userId, keyId }) {
      if (!(await isStillValid(db, { userId, id: keyId }))) throw unauthorized();
    },

    async recallWorkingKeys() {
      for (const key of await listWorkingKeys(db, { sinceMs: nowMs() - WORKING_KEY_MS })) working.note(key);
    },
  };
}

/** Null for a header without a key, or with one that is malformed. */
function readKey(authorization: string | undefined): { userId: string; secretHash: string } | null {
  const parsed = parseApiKey(/^Bearer +(\S+)$/i.exec(authorization ?? "")?.[1] ?? "");
  return parsed && { userId: parsed.userId, secretHash: hashSecret(parsed) };
}

function tooMany(retryAfterS: number): Problem {
  return new Problem("rate_limited", "There were too many requests; come back later.", {
    headers: { "retry-after": String(retryAfterS) },
  });
}
