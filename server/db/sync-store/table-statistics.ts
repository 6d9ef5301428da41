import type { Database } from "../pool.ts";

/** Rows stored in a table since its statistics were last renewed, after which they are renewed. */
const RENEW_AFTER_ROWS = 2_000;

/** Renews the statistics of tables that fill up quickly. Autovacuum comes by once a minute; until then the planner takes a
 *  table that has just been filled for almost empty, and a page of a first download costs as much as the whole table. */
export interface TableStatistics {
  noteStored(table: string, rows: number): void;
}

const ENTITY_COLUMNS = ["user_id", "id", "seq", "deleted_at"];
const SEALED_COLUMNS = ["user_id", "generation", "id", "seq", "deleted"];

/** Renews after 2,000 rows, then after as many rows again as were stored by then. */
export function createTableStatistics(db: Database): TableStatistics {
  const storedByTable = new Map<string, { total: number; renewAt: number }>();
  return {
    noteStored(table, rows) {
      const noted = storedByTable.get(table) ?? { total: 0, renewAt: RENEW_AFTER_ROWS };
      noted.total += rows;
      if (noted.total >= noted.renewAt) {
        noted.renewAt = noted.total * 2;
        // Only speed depends on it; a user who does not own the tables may not do it. No statement goes by other columns.
        const columns = table === "sealed_entities" ? SEALED_COLUMNS : ENTITY_COLUMNS;
        db.run((sql) => sql`analyze ${sql(table)} (${sql(columns)})`).catch(() => {});
      }
      storedByTable.set(table, noted);
    },
  };
}
