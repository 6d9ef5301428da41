import type Database from "better-sqlite3";
import { openSqlite } from "../../files/open-sqlite.ts";

/** One row that waits. `number` is its number among those of its group with this key. */
export interface StagedRow<T> {
  key: string;
  number: number;
  /** Whether an earlier row has the same key and number. */
  isRepeated: boolean;
  content: T;
}

/** Rows that are to be stored, before it is known whether they will be: as many as there are, and in little memory. Their
 *  contents are JSON values. */
export interface StagedRows<T> {
  /** Where `group` is null, rows of this key are all one. */
  add(row: { key: string; group: number | null; content: T }): void;
  /** In the order in which they were added; nothing can be added then. */
  list(): Iterable<StagedRow<T>>;
  close(): void;
}

/** `areFew` says that they all fit into memory, where they take a fifth of the time. */
export function openStagedRows<T>({ areFew }: { areFew: boolean }): StagedRows<T> {
  return areFew ? rowsInMemory() : rowsInDatabase();
}

function rowsInMemory<T>(): StagedRows<T> {
  const rows: StagedRow<T>[] = [];
  const counts = new Map<string, number>();
  const seen = new Set<string>();
  return {
    add({ key, group, content }) {
      const grouped = `${group} ${key}`;
      const number = group === null ? 1 : (counts.get(grouped) ?? 0) + 1;
      if (group !== null) counts.set(grouped, number);
      const numbered = `${number} ${key}`;
      rows.push({ key, number, isRepeated: seen.has(numbered), content });
      seen.add(numbered);
    },
    list: () => rows,
    close() {},
  };
}

/** A database without a name: SQLite keeps it in memory until it grows, then in a file that has no name either, so nothing
 *  of it is left however the process ends (https://sqlite.org/inmemorydb.html, "temporary databases"). */
function rowsInDatabase<T>(): StagedRows<T> {
  const db: Database.Database = openSqlite("");
  db.exec(
    `create table staged (
       position integer primary key,
       key text not null,
       grouped integer,
       content text not null
     ) strict;
     begin`,
  );
  const insert = db.prepare("insert into staged (key, grouped, content) values (?, ?, ?)");
  let isNumbered = false;
  return {
    add({ key, group, content }) {
      insert.run(key, group, JSON.stringify(content));
    },
    *list() {
      // Once, and without the contents, which the sorting would carry along.
      if (!isNumbered) db.exec(NUMBER_ROWS);
      isNumbered = true;
      const rows = db
        .prepare(
          `select key, number, repeated, content
           from staged join numbers using (position)
           order by position`,
        )
        .raw()
        .iterate() as Iterable<[string, number, number, string]>;
      for (const [key, number, repeated, content] of rows)
        yield { key, number, isRepeated: repeated === 1, content: JSON.parse(content) };
    },
    close() {
      db.close();
    },
  };
}

const NUMBER_ROWS = `
  create table numbers (position integer primary key, number integer not null, repeated integer not null) strict;
  insert into numbers
  with numbered as (
    select position, key,
      iif(grouped is null, 1, row_number() over (partition by key, grouped order by position)) as number
    from staged
  )
  select position, number, row_number() over (partition by key, number order by position) > 1
  from numbered`;
