import { readFileSync, rmSync } from "node:fs";
import { join } from "node:path";
import { writeWithRoom } from "../files/private-file.ts";
import type { Home } from "../local/storage/home.ts";

/** Notes that were typed and are not stored yet, by the id of their mood. They lie in a file that only their owner can
 *  read, written at every key, so nothing that ends the program loses one, and a disk that becomes full does not. */
export interface NoteDrafts {
  /** The text that was typed; null: none. */
  of(moodId: string): string | null;
  /** The file that it lies in; null: there is none. */
  fileOf(moodId: string): string | null;
  /** The moods that have one, the one that was typed last at the end. */
  moodIds(): string[];
  /** Keeps a text, or with null forgets what was kept. Throws what the file system throws. */
  keep(moodId: string, text: string | null, nowMs: number): void;
  /** Forgets those of which this is true. Throws what the file system throws. */
  forget(isOver: (moodId: string, savedAtMs: number) => boolean): void;
}

interface NoteDraft {
  text: string;
  saved_at_ms: number;
}

export function openNoteDrafts({ stateDir }: Pick<Home, "stateDir">): NoteDrafts {
  const file = join(stateDir, "note-drafts.json");

  function write(drafts: ReadonlyMap<string, NoteDraft>): void {
    if (drafts.size === 0) rmSync(file, { force: true });
    else writeWithRoom(file, `${JSON.stringify(Object.fromEntries(drafts))}\n`);
  }

  return {
    of: (moodId) => readDrafts(file).get(moodId)?.text ?? null,
    fileOf: (moodId) => (readDrafts(file).has(moodId) ? file : null),
    moodIds: () => [...readDrafts(file).keys()],
    keep(moodId, text, nowMs) {
      const drafts = readDrafts(file);
      if (!drafts.delete(moodId) && text === null) return;
      if (text !== null) drafts.set(moodId, { text, saved_at_ms: nowMs });
      write(drafts);
    },
    forget(isOver) {
      const drafts = readDrafts(file);
      const left = new Map([...drafts].filter(([moodId, draft]) => !isOver(moodId, draft.saved_at_ms)));
      if (left.size < drafts.size) write(left);
    },
  };
}

/** None where the file is not there or holds anything else. */
function readDrafts(file: string): Map<string, NoteDraft> {
  try {
    const drafts = Object.entries(JSON.parse(readFileSync(file, "utf8")));
    return new Map(drafts.filter((draft): draft is [string, NoteDraft] => isDraft(draft[1])));
  } catch {
    return new Map();
  }
}

function isDraft(value: unknown): value is NoteDraft {
  const { text, saved_at_ms } = (value ?? {}) as Partial<NoteDraft>;
  return typeof text === "string" && Number.isSafeInteger(saved_at_ms);
}
