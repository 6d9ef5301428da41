import { parseApiKey } from "../src/domain/api-key.ts";
import { hashSecret } from "./api-key-secret.ts";
import { findApiKey, touchApiKey } from "./db/api-keys.ts";
import type { Database } from "./db/pool.ts";
import { Problem } from "./http/problem.ts";
import { createRateLimit } from "./rate-limit.ts";

/** Who sends a request. */
export interface Caller {
  userId: string;
  keyId: string;
}

export interface Authentication {
  /** Throws 401 for a key that is missing, malformed, wrong or revoked, and 429 for too many requests of one key or
   *  too many failures of one address. */
  authenticate(request: { authorization: string | undefined; address: string }): Promise<Caller>;
}

export interface AuthenticationLimits {
  failuresPerMinute: number;
  requestsPerMinute: number;
}

/** A sync of 100,000 entries takes some 200 requests; guessing a key is hopeless, and this keeps it cheap as well. */
export const DEFAULT_LIMITS: AuthenticationLimits = { failuresPerMinute: 60, requestsPerMinute: 6_000 };

const MINUTE_MS = 60_000;

export function createAuthentication(options: {
  db: Database;
  limits: AuthenticationLimits;
  nowMs: () => number;
}): Authentication {
  const { db, limits, nowMs } = options;
  const failures = createRateLimit({ limit: limits.failuresPerMinute, windowMs: MINUTE_MS, nowMs });
  const requests = createRateLimit({ limit: limits.requestsPerMinute, windowMs: MINUTE_MS, nowMs });
  const known = createRateLimit({ limit: 1, windowMs: 60 * MINUTE_MS, nowMs });

  return {
    async authenticate({ authorization, address }) {
      const network = networkOf(address);
      const key = parseApiKey(/^Bearer +(\S+)$/i.exec(authorization ?? "")?.[1] ?? "");
      const secretHash = key && hashSecret(key);
      // Behind a proxy all share its address: whoever fails there must not lock out keys that worked lately.
      const worksLately = secretHash !== null && known.isExceeded(secretHash);
      if (failures.isExceeded(network) && !worksLately) throw tooMany(failures.secondsLeft());

      const found = key && secretHash && (await findApiKey(db, { userId: key.userId, secretHash }));
      if (!found) {
        failures.count(network);
        throw new Problem("unauthorized", "The API key is missing, malformed, wrong or revoked.", {
          headers: { "www-authenticate": "Bearer" },
        });
      }
      known.count(secretHash);
      if (!requests.count(secretHash)) throw tooMany(requests.secondsLeft());
      const caller = { userId: key.userId, keyId: found.id };
      // To the hour is enough, and a request must not fail for it.
      if (!found.isUsedLately) await touchApiKey(db, { userId: key.userId, id: found.id }).catch(() => {});
      return caller;
    },
  };
}

/** One person holds a whole /64 of IPv6 addresses. */
function networkOf(address: string): string {
  if (!address.includes(":") || address.includes(".")) return address;
  return address.split(":").slice(0, 4).join(":");
}

function tooMany(retryAfterS: number): Problem {
  return new Problem("rate_limited", "There were too many requests; come back later.", {
    headers: { "retry-after": String(retryAfterS) },
  });
}
