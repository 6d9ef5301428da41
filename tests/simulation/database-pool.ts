import type Database from "better-sqlite3";
import { openSqlite } from "../../src/files/open-sqlite.ts";
import type { Product } from "./load-simulation.ts";

/** A device's database in memory, and where in the coming transactions its process dies. */
export interface DeviceDatabase {
  db: Database.Database;
  begin: Database.Statement;
  rollback: Database.Statement;
  /** Counts the transactions from here on; the process dies at the one with this number (from 0). */
  crashAt(point: { transaction: number; committed: boolean } | null): void;
  /** Runs what another process does, which neither dies nor is counted. */
  elsewhere<T>(work: () => T): T;
}

/** Thrown where a process dies: nothing after it runs, and what was not committed is rolled back. */
export class Crash extends Error {}

/** Thrown each time: to make one with its stack takes longer than a transaction. */
const CRASH = new Crash();

/** Lends databases with the real schema. Making one takes longer than a whole run, so each run works inside one
 *  transaction of its database, which is rolled back when it comes back; the product's own transactions are
 *  savepoints in it. */
export function createDatabasePool(product: Pick<Product, "migrate">) {
  const free: DeviceDatabase[] = [];
  let lent: DeviceDatabase[] = [];
  return {
    lend(): DeviceDatabase {
      const database = free.pop() ?? createDatabase(product);
      database.begin.run();
      lent.push(database);
      return database;
    },
    takeAllBack(): void {
      for (const database of lent) {
        database.crashAt(null);
        database.rollback.run();
      }
      free.push(...lent);
      lent = [];
    },
  };
}

function createDatabase({ migrate }: Pick<Product, "migrate">): DeviceDatabase {
  const db = openSqlite(":memory:");
  db.pragma("page_size = 1024"); // a savepoint copies each page that it changes
  migrate(db, null);
  let crash: { transaction: number; committed: boolean } | null = null;
  let count = 0;
  let isElsewhere = false;
  const transaction = db.transaction.bind(db);
  db.transaction = ((work: (given: unknown) => unknown) => {
    const whole = transaction(work);
    const unfinished = transaction((given: unknown) => {
      work(given);
      throw CRASH;
    });
    return {
      immediate(given: unknown) {
        const own = isElsewhere || crash?.transaction !== count++ ? null : crash;
        if (own && !own.committed) return unfinished.immediate(given);
        const result = whole.immediate(given);
        if (own) throw CRASH;
        return result;
      },
    };
  }) as unknown as typeof db.transaction;
  return {
    db,
    begin: db.prepare("begin"),
    rollback: db.prepare("rollback"),
    crashAt(point) {
      crash = point;
      count = 0;
    },
    elsewhere(work) {
      isElsewhere = true;
      try {
        return work();
      } finally {
        isElsewhere = false;
      }
    },
  };
}
