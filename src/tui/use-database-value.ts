import type Database from "better-sqlite3";
import { useCallback, useEffect, useMemo, useRef, useState } from "react";
import { toMoodsyncError } from "../files/system-error.ts";
import { readDataVersion } from "../local/queries/data-version.ts";
import { type Message, problemMessage } from "./components/message.ts";

/** How often the database is asked whether another process has changed it, in ms. It answers from memory. */
const POLL_MS = 1_000;

/** What `read` finds in the database, read again when something has changed; where it cannot be read, what was found
 *  last, and why. `keys` are what `read` depends on. */
export function useDatabaseValue<T>(
  db: Database.Database,
  read: () => T,
  keys: readonly unknown[] = [],
): { value: T; problem: Message | null; changed: () => void } {
  const { version, changed } = useDatabaseChanges(db);
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
  }, [db, version, ...keys]);
  return { ...found, changed };
}

/** A number that grows when another process has changed the database, and when `changed` is called after a change of
 *  our own, of which SQLite does not tell. */
function useDatabaseChanges(db: Database.Database): { version: number; changed: () => void } {
  const [version, setVersion] = useState(0);
  const seen = useRef<number | null>(null);
  const changed = useCallback(() => setVersion((before) => before + 1), []);
  useEffect(() => {
    const poll = () => {
      // What the user does next says why it cannot be read.
      const dataVersion = readDataVersion(db);
      if (seen.current !== null && dataVersion !== null && seen.current !== dataVersion) changed();
      seen.current = dataVersion ?? seen.current;
    };
    poll();
    const timer = setInterval(poll, POLL_MS);
    return () => clearInterval(timer);
  }, [db, changed]);
  return { version, changed };
}
