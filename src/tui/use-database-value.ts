import type Database from "better-sqlite3";
import { useMemo, useRef } from "react";
import { toMoodsyncError } from "../files/system-error.ts";
import { useRoot } from "./app-root.tsx";
import { type Message, problemMessage } from "./components/message.ts";

/** What `read` finds in the database, read again when something has changed; where it cannot be read, what was found
 *  last, and why. `keys` are what `read` depends on. */
export function useDatabaseValue<T>(
  db: Database.Database,
  read: () => T,
  keys: readonly unknown[] = [],
): { value: T; problem: Message | null; changed: () => void } {
  const { dataVersion, changed } = useRoot();
  const last = useRef<{ value: T } | null>(null);
  // biome-ignore lint/correctness/useExhaustiveDependencies: the version and the keys say when to read again
  const found = useMemo(() => {
    try {
      last.current = { value: read() };
      return { ...last.current, problem: null };
    } catch (error) {
      if (!last.current) throw toMoodsyncError(error, db.name);
      return { ...last.current, problem: problemMessage(error) };
    }
  }, [db, dataVersion, ...keys]);
  return { ...found, changed };
}
