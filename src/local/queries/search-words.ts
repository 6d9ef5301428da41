import type Database from "better-sqlite3";
import { openSqlite } from "../../files/open-sqlite.ts";
import { statement } from "../storage/statements.ts";

/** How texts are taken apart into words, in the index of a file and in the one for short texts. */
const TOKENIZER = "unicode61 remove_diacritics 2";
/** More words than any entry holds. */
const MAX_WORDS = 10_000;

/** The words of a search, each of which an entry must have, or one that begins with it; in no order. What another one of
 *  them begins with is left out. Null where there are more than any entry can hold. */
export function searchWords(text: string): string[] | null {
  const folded = new Map<string, string>();
  for (const [word] of text.matchAll(/[\p{L}\p{N}\p{M}\p{Co}]+/gu)) {
    folded.set(
      word
        .normalize("NFD")
        .replace(/[\u0300-\u036f]/g, "")
        .toLowerCase(),
      word,
    );
  }
  const sorted = [...folded].sort(([one], [other]) => (one < other ? -1 : 1));
  const words = sorted.filter(([word], at) => !sorted[at + 1]?.[0].startsWith(word)).map(([, word]) => word);
  return words.length > MAX_WORDS ? null : words;
}

/** A query of FTS5 for what has a word that begins with this one. In quotes everything is text. */
export function wordQuery(word: string): string {
  return `"${word}"*`;
}

/** For each word, the positions of the texts that have it, by the rules of the index in the file. */
export function textsWithWords(texts: readonly string[], words: readonly string[]): Set<number>[] {
  const db = openShortTexts();
  const add = statement(db, "insert into short_texts (rowid, text) values (?, ?)");
  const find = statement(db, "select rowid from short_texts where short_texts match ?").pluck();
  db.exec("begin");
  try {
    texts.forEach((text, at) => {
      add.run(at, text);
    });
    return words.map((word) => new Set(find.all(wordQuery(word)) as number[]));
  } finally {
    db.exec("rollback");
  }
}

let shortTexts: Database.Database | undefined;

/** In memory, one for the whole process. */
function openShortTexts(): Database.Database {
  if (shortTexts) return shortTexts;
  const db = openSqlite(":memory:");
  db.exec(
    `create virtual table short_texts using fts5 (text, content = '', columnsize = 0, tokenize = '${TOKENIZER}')`,
  );
  shortTexts = db;
  return db;
}
