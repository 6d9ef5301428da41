import { readdirSync, rmSync, statSync } from "node:fs";
import { join } from "node:path";
import type Database from "better-sqlite3";
import { ENTITY_TYPES } from "../domain/entities/entity-type.ts";
import { DAY_MS } from "../domain/time/durations.ts";
import { readRow } from "../local/versions/rows.ts";
import type { Entries } from "./entries.ts";
import { openNoteDrafts } from "./note-drafts.ts";

/** How long a text waits that was written and neither stored nor discarded, in ms since it was last written. */
export const DRAFTS_WAIT_MS = 30 * DAY_MS;

/** Where the form of an entry is edited. */
export function formDraftFile(stateDir: string, id: string): string {
  return join(stateDir, `edit-${id}.txt`);
}

/** Where the note of a mood is written that is not logged yet. */
export function noteDraftFile(stateDir: string): string {
  return join(stateDir, NEW_NOTE);
}

const NEW_NOTE = "note-draft.txt";
const FORM = /^edit-([0-9a-f-]{36})\.txt$/;

/** Removes what was written for entries that are deleted now, and what has waited too long. What cannot be removed stays
 *  for the next time. */
export function forgetOldDrafts({ db, nowMs }: Pick<Entries, "db" | "nowMs">, stateDir: string): void {
  const isOver = (id: string | undefined, savedAtMs: number) =>
    nowMs - savedAtMs >= DRAFTS_WAIT_MS || (id !== undefined && isDeleted(db, id));
  attempt(() => openNoteDrafts({ stateDir }).forget(isOver));
  attempt(() => {
    for (const name of readdirSync(stateDir)) {
      const id = FORM.exec(name)?.[1];
      if (id === undefined && name !== NEW_NOTE) continue;
      const file = join(stateDir, name);
      if (isOver(id, statSync(file).mtimeMs)) attempt(() => rmSync(file, { force: true }));
    }
  });
}

function isDeleted(db: Database.Database, id: string): boolean {
  return ENTITY_TYPES.some((entityType) => readRow(db, entityType, id)?.deleted);
}

function attempt(work: () => void): void {
  try {
    work();
  } catch {}
}
