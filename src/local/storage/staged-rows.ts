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
  /** Where `group` is null, rows of this key are all one. The rows of a group come one after the other. */
  add(row: AddedRow<T>): void;
  /** In the order in which they were added; nothing can be added then. */
  list(): Iterable<StagedRow<T>>;
  close(): void;
}

interface AddedRow<T> {
  key: string;
  group: number | null;
  content: T;
}

/** As many rows as stay in memory, where they take a fifth of the time; some 40 MB. */
const MAX_ROWS_IN_MEMORY = 25_000;

/** `areSmall` says that as many rows as that fit into memory. */
export function openStagedRows<T>({ areSmall }: { areSmall: boolean }): StagedRows<T> {
  let database: StagedRows<T> | null = areSmall ? null : rowsInDatabase();
  let added: AddedRow<T>[] = [];
  let numbered: StagedRow<T>[] | null = null;
  return {
    add(row) {
      if (database) return database.add(row);
      added.push(row);
      if (added.length <= MAX_ROWS_IN_MEMORY) return;
      database = rowsInDatabase();
      for (const one of added) database.add(one);
      added = [];
    },
    list() {
      if (database) return database.list();
      numbered ??= withNumbers(added);
      return numbered;
    },
    close: () => database?.close(),
  };
}

function withNumbers<T>(rows: readonly AddedRow<T>[]): StagedRow<T>[] {
  const byKey = new Map<string, { group: number | null; number: number; most: number }>();
  return rows.map(({ key, group, content }) => {
    const before = byKey.get(key);
    const number = group !== null && before?.group === group ? before.number + 1 : 1;
    const most = before?.most ?? 0;
    byKey.set(key, { group, number, most: Math.max(most, number) });
    return { key, number, isRepeated: number <= most, content };
  });
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
