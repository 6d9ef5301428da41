import { readFileSync, rmSync } from "node:fs";
import { join } from "node:path";
import { writePrivateFile } from "../../files/private-file.ts";
import type { Home } from "../../local/storage/home.ts";

/** Notes that were typed and are not stored yet, by the id of their mood. They lie in a file that only their owner can
 *  read, written at every key, so nothing that ends the program loses one. */
export interface NoteDrafts {
  /** The text that was typed; null: none. */
  of(moodId: string): string | null;
  /** The moods that have one, the one that was typed last at the end. */
  moodIds(): string[];
  /** Keeps a text, or with null forgets what was kept. Throws what the file system throws. */
  keep(moodId: string, text: string | null): void;
}

export function openNoteDrafts({ stateDir }: Home): NoteDrafts {
  const file = join(stateDir, "note-drafts.json");
  return {
    of: (moodId) => readDrafts(file).get(moodId) ?? null,
    moodIds: () => [...readDrafts(file).keys()],
    keep(moodId, text) {
      const drafts = readDrafts(file);
      if (!drafts.delete(moodId) && text === null) return;
      if (text !== null) drafts.set(moodId, text);
      if (drafts.size === 0) rmSync(file, { force: true });
      else writePrivateFile(file, `${JSON.stringify(Object.fromEntries(drafts))}\n`);
    },
  };
}

/** None where the file is not there or holds anything else. */
function readDrafts(file: string): Map<string, string> {
  try {
    const drafts = Object.entries(JSON.parse(readFileSync(file, "utf8")));
    return new Map(drafts.filter((draft): draft is [string, string] => typeof draft[1] === "string"));
  } catch {
    return new Map();
  }
}
