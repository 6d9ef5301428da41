import type Database from "better-sqlite3";

/** A piece of an export's text, and how many entries of the person's are in it. */
export interface Piece {
  text: string;
  entries: number;
}

/** Characters of a piece that is worth a write of its own. */
const WORTH_WRITING = 16 * 1024;

/** Memory for pages of the database, and as much again to sort. */
const CACHE_KIB = 2048;

/** Lets SQLite keep little of what is read through from beginning to end. */
export function readOnce(db: Database.Database): void {
  db.pragma(`cache_size = -${CACHE_KIB}`);
}

/** The same text in fewer and larger pieces, all read from the database as it stands at one moment. */
export function* readAtOnce(db: Database.Database, pieces: Iterable<Piece>): Generator<Piece, void> {
  readOnce(db);
  db.exec("begin");
  try {
    let text = "";
    let entries = 0;
    for (const piece of pieces) {
      text += piece.text;
      entries += piece.entries;
      if (text.length < WORTH_WRITING) continue;
      yield { text, entries };
      [text, entries] = ["", 0];
    }
    yield { text, entries };
  } finally {
    db.exec("commit");
  }
}
