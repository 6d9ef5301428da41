import type Database from "better-sqlite3";
import { useCallback, useEffect, useRef, useState } from "react";
import { readDataVersion } from "../local/queries/data-version.ts";

/** How often the database is asked whether another process has changed it, in ms. It answers from memory. */
const POLL_MS = 1_000;

/** A number that grows when another process has changed the database, and when `changed` is called after a change of
 *  our own, of which SQLite does not tell. */
export function useDatabaseChanges(db: Database.Database): { version: number; changed: () => void } {
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
