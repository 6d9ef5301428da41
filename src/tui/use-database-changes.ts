import type Database from "better-sqlite3";
import { useCallback, useEffect, useRef, useState } from "react";

/** How often the database is asked whether another process has changed it, in ms. It answers from memory. */
const POLL_MS = 1_000;

/** A number that grows when another process has changed the database, and when `changed` is called after a change of
 *  our own, of which SQLite does not tell. */
export function useDatabaseChanges(db: Database.Database): { version: number; changed: () => void } {
  const [version, setVersion] = useState(0);
  const seen = useRef<unknown>(null);
  const changed = useCallback(() => setVersion((before) => before + 1), []);
  useEffect(() => {
    const look = () => {
      const dataVersion = readDataVersion(db);
      if (seen.current !== null && dataVersion !== null && seen.current !== dataVersion) changed();
      seen.current = dataVersion ?? seen.current;
    };
    look();
    const timer = setInterval(look, POLL_MS);
    return () => clearInterval(timer);
  }, [db, changed]);
  return { version, changed };
}

/** Null where it cannot be read: what the user does next will tell why. */
function readDataVersion(db: Database.Database): unknown {
  try {
    return db.pragma("data_version", { simple: true });
  } catch {
    return null;
  }
}
