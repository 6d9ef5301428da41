import { DAY_MS, MINUTE_MS } from "../../src/domain/time/durations.ts";
/** The keys that have worked, and the accounts that they belong to. */
export interface WorkingKeys {
  note(key: { userId: string; secretHash: string }): void;
  /** The same of a key that was found in the database, with its id. */
  noteFound(key: { userId: string; secretHash: string; id: string }): void;
  /** The id of a key that was found in the last minutes; undefined: it must be looked up. */
  foundLately(secretHash: string): string | undefined;
  /** Of a key that was revoked. */
  forget(key: { secretHash: string }): void;
  hasKey(secretHash: string): boolean;
  hasAccount(userId: string): boolean;
}

/** A key that has not been used for as long is like any other; in ms. */
export const WORKING_KEY_MS = 30 * DAY_MS;

/** How long it is enough that a key was found, where it is checked by other means as well; in ms. Well below the hour to
 *  which its last use is noted. */
const FOUND_MS = 10 * MINUTE_MS;

/** Beyond as many the one that was used longest ago is forgotten. Only who has an account can add to them. */
const MAX_REMEMBERED = 100_000;

export function createWorkingKeys({ nowMs }: { nowMs: () => number }): WorkingKeys {
  const keys = createRecent(nowMs);
  const accounts = createRecent(nowMs);
  const found = new Map<string, { id: string; atMs: number }>();
  const note: WorkingKeys["note"] = ({ userId, secretHash }) => {
    keys.note(secretHash);
    accounts.note(userId);
  };
  return {
    note,
    noteFound({ id, ...key }) {
      note(key);
      if (found.size >= MAX_REMEMBERED) found.clear();
      found.set(key.secretHash, { id, atMs: nowMs() });
    },
    foundLately(secretHash) {
      const { id, atMs } = found.get(secretHash) ?? { id: undefined, atMs: -Infinity };
      return nowMs() - atMs < FOUND_MS ? id : undefined;
    },
    forget({ secretHash }) {
      keys.forget(secretHash);
      found.delete(secretHash);
    },
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
