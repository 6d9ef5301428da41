import { createHash, randomBytes } from "node:crypto";
import { type ApiKey, formatApiKey } from "../src/domain/protocol/api-key.ts";

/** What is stored of a key's secret. It is 32 random bytes, so one round of SHA-256 cannot be turned back. */
export function hashSecret({ secret }: ApiKey): string {
  return createHash("sha256").update(secret, "latin1").digest("hex");
}

/** A new key of the account, and what is stored of it. The text exists nowhere else. */
export function newApiKey(userId: string): { text: string; secretHash: string } {
  const key = { userId, secret: randomBytes(32).toString("hex") };
  return { text: formatApiKey(key), secretHash: hashSecret(key) };
}
