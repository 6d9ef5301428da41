import { type PageAsked, placeOf } from "../../entries/timeline.ts";
import type { StoredRow } from "../../local/versions/rows.ts";

/** Entries around the selected one, newest first. What lies beyond is read when the selection comes near. */
export interface TimelineWindow {
  rows: readonly StoredRow[];
  /** Index of the selected one; 0 where there is none. */
  index: number;
  /** Whether nothing newer, or nothing older, is left to be read. */
  isStart: boolean;
  isEnd: boolean;
}

export type ReadPage = (asked: PageAsked) => StoredRow[];

/** Rows that are read at once. */
const PAGE = 60;
/** Rows that stay on either side of the selection. */
const MOST_BESIDE = 3 * PAGE;
/** From so few rows on to its end another page is read: more than any terminal shows. */
const LEAST_BESIDE = PAGE;

/** The newest entries. */
export function newestWindow(read: ReadPage): TimelineWindow {
  const rows = read({ from: null, direction: "older", limit: PAGE });
  return filled({ rows, index: 0, isStart: true, isEnd: rows.length < PAGE }, read);
}

/** The oldest entries, the last one selected. */
export function oldestWindow(read: ReadPage): TimelineWindow {
  const rows = read({ from: null, direction: "newer", limit: PAGE });
  return filled(
    { rows, index: Math.max(0, rows.length - 1), isStart: rows.length < PAGE, isEnd: true },
    read,
  );
}

/** The entries around one that may be gone: the next older one is selected then, or the last. */
export function windowAround(selected: StoredRow | undefined, read: ReadPage): TimelineWindow {
  if (!selected) return newestWindow(read);
  const from = placeOf(selected);
  const older = read({ from, direction: "older", limit: PAGE });
  const newer = read({ from, direction: "newer", limit: PAGE });
  const rows = [...newer, ...older];
  const index = Math.max(0, Math.min(rows.length - 1, newer.length));
  return filled({ rows, index, isStart: newer.length < PAGE, isEnd: older.length < PAGE }, read);
}

/** The window after the selection has moved by some rows; past its ends where it can go. */
export function movedBy(window: TimelineWindow, step: number, read: ReadPage): TimelineWindow {
  const index = Math.max(0, Math.min(window.rows.length - 1, window.index + step));
  return filled({ ...window, index }, read);
}

/** With another page where the selection is near an end that is not the last, and without what is far away. */
function filled(window: TimelineWindow, read: ReadPage): TimelineWindow {
  let { rows, index, isStart, isEnd } = window;
  if (!isEnd && rows.length - index < LEAST_BESIDE) {
    const last = rows.at(-1)!;
    // The page begins with the row that it goes on from.
    const more = read({ from: placeOf(last), direction: "older", limit: PAGE + 1 }).filter(
      (row) => row.id !== last.id,
    );
    rows = [...rows, ...more];
    isEnd = more.length < PAGE;
  }
  if (!isStart && index < LEAST_BESIDE) {
    const more = read({ from: placeOf(rows[0]!), direction: "newer", limit: PAGE });
    rows = [...more, ...rows];
    index += more.length;
    isStart = more.length < PAGE;
  }
  const first = Math.max(0, index - MOST_BESIDE);
  const end = Math.min(rows.length, index + MOST_BESIDE);
  if (first > 0 || end < rows.length) {
    return {
      rows: rows.slice(first, end),
      index: index - first,
      isStart: isStart && first === 0,
      isEnd: isEnd && end === rows.length,
    };
  }
  return { rows, index, isStart, isEnd };
}
