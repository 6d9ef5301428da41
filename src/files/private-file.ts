import { realpathSync, renameSync } from "node:fs";
import { dirname } from "node:path";
import { draftOf, removeDraft, removeStaleDrafts, writeDraft } from "./drafts.ts";
import { makePrivateDirectory } from "./private-directory.ts";

/** Writes a file for its owner alone. It appears whole or not at all, also after a power failure; one that is a link
 *  stays a link. Throws what the file system throws. */
export function writePrivateFile(path: string, text: string): void {
  const file = targetOf(path);
  makePrivateDirectory(dirname(file));
  removeStaleDrafts(file);
  const draft = draftOf(file);
  try {
    writeDraft(file, text);
    renameSync(draft, file);
  } catch (error) {
    removeDraft(draft);
    throw error;
  }
}

function targetOf(path: string): string {
  try {
    return realpathSync(path);
  } catch {
    return path;
  }
}
