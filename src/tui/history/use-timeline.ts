import type Database from "better-sqlite3";
import { useMemo, useRef, useState } from "react";
import type { ListFilter } from "../../entries/list-entries.ts";
import { countTimeline, readTimelinePage } from "../../entries/timeline.ts";
import { readRow, type StoredRow } from "../../local/versions/rows.ts";
import type { Message } from "../components/message.ts";
import type { Key } from "../keyboard/key.ts";
import { useDatabaseValue } from "../use-database-value.ts";
import { movedBy, newestWindow, oldestWindow, type ReadPage, windowAround } from "./timeline-window.ts";

/** The entries that fit a filter, and the selected one among them. */
export interface Timeline {
  rows: readonly StoredRow[];
  index: number;
  selected: StoredRow | undefined;
  /** How many there are in all. */
  count: number;
  problem: Message | null;
  /** True for a key that moves the selection. */
  onKey(key: Key): boolean;
  select(index: number): void;
}

/** `page` is how far a page key goes. */
export function useTimeline(db: Database.Database, filter: ListFilter, page: number): Timeline {
  const read: ReadPage = useMemo(() => (asked) => readTimelinePage(db, filter, asked), [db, filter]);
  const last = useRef<{ filter: ListFilter; selected: StoredRow | undefined } | null>(null);
  const [moves, setMoves] = useState(0);
  const { value: found, problem } = useDatabaseValue(db, () => {
    const before = last.current?.filter === filter ? last.current.selected : undefined;
    const moved = before && readRow(db, before.entityType, before.id);
    return { window: windowAround(moved?.entity ? moved : before, read), count: countTimeline(db, filter) };
  }, [filter]);
  // Moving changes the window of what was read; reading again makes another one.
  const current = useRef({ of: found, window: found.window });
  if (current.current.of !== found) current.current = { of: found, window: found.window };
  const { window } = current.current;
  const selected = window.rows[window.index];
  last.current = { filter, selected };

  function go(next: typeof window): void {
    current.current = { of: found, window: next };
    setMoves(moves + 1);
  }

  return {
    rows: window.rows,
    index: window.index,
    selected,
    count: found.count,
    problem,
    select: (index) => go(movedBy(window, index - window.index, read)),
    onKey({ name }) {
      const steps: Partial<Record<Key["name"], number>> = {
        up: -1,
        wheelUp: -1,
        down: 1,
        wheelDown: 1,
        pageUp: -page,
        pageDown: page,
      };
      const step = steps[name];
      if (step !== undefined) go(movedBy(window, step, read));
      else if (name === "home") go(newestWindow(read));
      else if (name === "end") go(oldestWindow(read));
      else return false;
      return true;
    },
  };
}
