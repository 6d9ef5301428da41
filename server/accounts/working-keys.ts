import { DAY_MS } from "../../src/domain/time/durations.ts";
/** The keys that have worked, and the accounts that they belong to. */
export interface WorkingKeys {
  note(key: { userId: string; secretHash: string }): void;
  /** Of a key that was revoked. */
  forget(key: { secretHash: string }): void;
  hasKey(secretHash: string): boolean;
  hasAccount(userId: string): boolean;
}

/** A key that has not been used for as long is like any other; in ms. */
export const WORKING_KEY_MS = 30 * DAY_MS;

/** Beyond as many the one that was used longest ago is forgotten. Only who has an account can add to them. */
const MAX_REMEMBERED = 100_000;

export function createWorkingKeys({ nowMs }: { nowMs: () => number }): WorkingKeys {
  const keys = createRecent(nowMs);
  const accounts = createRecent(nowMs);
  return {
    note({ userId, secretHash }) {
      keys.note(secretHash);
      accounts.note(userId);
    },
    forget: ({ secretHash }) => keys.forget(secretHash),
    hasKey: keys.has,
    hasAccount: accounts.has,
  };
}

function createRecent(nowMs: () => number) {
  /** Each with its last use, the earliest first. */
  const usedAtByName = new Map<string, number>();
  return {
    note(name: string): void {
      usedAtByName.delete(name);
      usedAtByName.set(name, nowMs());
      if (usedAtByName.size <= MAX_REMEMBERED) return;
      const [oldest] = usedAtByName.keys();
      usedAtByName.delete(oldest!);
    },
    forget: (name: string) => void usedAtByName.delete(name),
    has: (name: string) => nowMs() - (usedAtByName.get(name) ?? -Infinity) < WORKING_KEY_MS,
  };
}
