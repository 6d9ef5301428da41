import Database from "better-sqlite3";

/** The ABI version of Node 24, whose headers let better-sqlite3 12 end the process with SIGABRT when the garbage collector
 *  takes one of its native objects, closed or not. Version 13, which does not, crashes on Node 20. */
const ABORTING_ABI = "137";

/** What the garbage collector must not take before the process ends. */
const kept: unknown[] = [];

/** Opens an SQLite file, or the bytes of one. The one place that does. */
export function openSqlite(file: string | Buffer, options: Database.Options = {}): Database.Database {
  const db = new Database(file, options);
  kept.push(db);
  if (process.versions.modules === ABORTING_ABI) keepStatements(db);
  return db;
}

/** Keeps every statement, iterator and backup that is made of a database. Only where it must be: each takes about 200
 *  bytes, and a screen that is open for days makes many. */
export function keepStatements(db: Database.Database): void {
  const native = nativeDatabase(db);
  keepResults(native, "prepare", (statement) => keepResults(statement, "iterate"));
  keepResults(native, "backup");
}

type Method = (...args: unknown[]) => object;
type Native = Record<string, Method>;

function keepResults(owner: Native, name: string, also: (result: Native) => void = () => {}): void {
  const method = owner[name]!;
  owner[name] = (...args) => {
    const result = method.apply(owner, args);
    kept.push(result);
    also(result as Native);
    return result;
  };
}

/** `pragma` prepares its statement on the object within, past the methods of the outer one. */
function nativeDatabase(db: Database.Database): Native {
  const [symbol] = Object.getOwnPropertySymbols(db);
  return (db as unknown as Record<symbol, Native>)[symbol!]!;
}
