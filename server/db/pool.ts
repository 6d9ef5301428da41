import { randomBytes } from "node:crypto";
import { setTimeout as sleep } from "node:timers/promises";
import postgres from "postgres";
import { MoodsyncError } from "../../src/domain/moodsync-error.ts";
import { DatabaseError, toDatabaseError, wasTakenBack } from "./database-error.ts";
import { parseDatabaseUrl } from "./database-url.ts";
import { createSlots } from "./slots.ts";

/** The server's connections to PostgreSQL. */
export interface Database {
  /** Runs one statement, again where PostgreSQL took it back because of others that ran beside it. Transactions do not
   *  exist here: postgres.js throws where nobody can catch it when it loses a connection inside one.
   *  Throws a {@link DatabaseError}; a statement that failed as `unavailable` may have committed. */
  run<Row extends object>(statement: (sql: postgres.Sql) => postgres.PendingQuery<Row[]>): Promise<Row[]>;
  close(): Promise<void>;
}

const MAX_CONNECTIONS = 10;
/** One for each connection that the listener takes: a request waits in order, and is not sent away half done. */
const MAX_WAITING_STATEMENTS = 1_000;
const MAX_WAIT_MS = 5_000;
/** Below the 5 s in which the server is back after its database: a connection that is begun while PostgreSQL ends may
 *  get no answer. */
const CONNECT_TIMEOUT_S = 3;
/** Between two attempts to connect, in seconds: short, because a restarted PostgreSQL is back within one. */
const RECONNECT_DELAY_S = 0.2;
/** Most runs of a statement that PostgreSQL takes back each time. With 20 uploads of one account at once on a database
 *  whose isolation is "serializable", none came near it. */
const MAX_RUNS = 20;
/** Longest run of a statement, in ms; the largest upload takes a few hundred. */
const STATEMENT_TIMEOUT_MS = 15_000;

/** A user or a database may have other defaults for these, by which texts would be read and written differently.
 *  They are the ones that PgBouncer takes at a connection's start and gives to whatever it connects with; what depends
 *  on another setting is written so that it does not, or rejected by `checkDatabase`. */
const SESSION_SETTINGS = { DateStyle: "ISO, MDY", TimeZone: "UTC", standard_conforming_strings: "on" };

/** Opens a pool; nothing is connected before the first statement. */
export function openDatabase(options: {
  url: string;
  prepare: boolean;
  statementTimeoutMs?: number;
}): Database {
  const { statementTimeoutMs = STATEMENT_TIMEOUT_MS } = options;
  const applicationName = `moodsync ${randomBytes(4).toString("hex")}`;
  const sql = connectTo(options, { max: MAX_CONNECTIONS, applicationName });
  const slots = createSlots({ slots: MAX_CONNECTIONS, queue: MAX_WAITING_STATEMENTS, waitMs: MAX_WAIT_MS });

  const runOnce: Database["run"] = async (statement) => {
    const release = await slots.take();
    const query = statement(sql);
    const finished = query.then(
      (rows) => ({ rows }),
      (error: unknown) => ({ error: toDatabaseError(error) }),
    );
    void finished.then(release);
    const cancel = () => cancelStatement(options, query, applicationName);
    const outcome = await withDeadline(finished, statementTimeoutMs, cancel);
    if ("error" in outcome) throw outcome.error;
    return wholeRows(outcome.rows);
  };

  return {
    run: async (statement) => {
      for (let run = 1; ; run++) {
        try {
          return await runOnce(statement);
        } catch (error) {
          if (!wasTakenBack(error) || run === MAX_RUNS) throw error;
        }
        await sleep(Math.random() * Math.min(2 ** run, 200));
      }
    },
    close: () => sql.end({ timeout: 2 }),
  };
}

/** The first row of a statement that is prepared once for each connection; undefined where it has none. Throws a
 *  {@link DatabaseError}. */
export async function queryRow<Row extends object>(
  db: Database,
  statement: string,
  parameters: (string | number | null)[],
): Promise<Row | undefined> {
  const [row] = await db.run<Row>((sql) => sql.unsafe<Row[]>(statement, parameters, { prepare: true }));
  return row;
}

/** Ids as a parameter of the type uuid[]. */
export function uuidArray(ids: readonly string[]): string {
  return `{${ids.join()}}`;
}

/** The rows of a result. postgres.js 3.4.9 does not reset a connection's row counter when a result breaks off after a
 *  row, so the next result on that connection has its rows behind holes: `rows[0]` is then undefined, and a key that
 *  exists would be unknown. Nothing in its interface gives up that one connection.
 *  Throws a {@link DatabaseError} where PostgreSQL counted another number of rows. */
export function wholeRows<Row extends object>(result: postgres.RowList<Row[]>): Row[] {
  const rows = result.filter(() => true);
  const hasColumns = (result.columns?.length ?? 0) > 0;
  if (hasColumns && rows.length !== result.count) throw new DatabaseError("unavailable", "ROWS_MISSING");
  return rows;
}

/** A client of postgres.js with what every connection of ours has in common. Throws `invalid_input` for what postgres.js
 *  does not take from the URL or from the PG… variables that it reads. */
export function connectTo(
  { url, prepare }: { url: string; prepare: boolean },
  { max, applicationName }: { max: number; applicationName: string },
): postgres.Sql {
  const target = parseDatabaseUrl(url);
  try {
    return postgres(target.url, {
      path: target.path,
      port: target.port,
      ...(target.database === undefined ? {} : { database: target.database }),
      max,
      prepare,
      connect_timeout: CONNECT_TIMEOUT_S,
      backoff: () => RECONNECT_DELAY_S,
      fetch_types: false,
      connection: { application_name: applicationName, ...SESSION_SETTINGS },
      onnotice: () => {}, // the default prints them
    });
  } catch {
    throw new MoodsyncError(
      "invalid_input",
      "The database URL has a parameter that moodsync does not accept.",
      {
        hint: "Check what comes after the ? of --db or MOODSYNC_DB_URL, and the variable PGTARGETSESSIONATTRS.",
      },
    );
  }
}

async function withDeadline<T>(finished: Promise<T>, deadlineMs: number, onTimeout: () => void): Promise<T> {
  let timer: NodeJS.Timeout | undefined;
  const timeout = new Promise<never>((_, reject) => {
    timer = setTimeout(() => {
      onTimeout();
      reject(new DatabaseError("unavailable", "STATEMENT_TIMEOUT"));
    }, deadlineMs);
  });
  try {
    return await Promise.race([finished, timeout]);
  } finally {
    clearTimeout(timer);
  }
}

/** Not `statement_timeout` as a start-up parameter, which PgBouncer refuses; and not the query's own `cancel()`, whose
 *  failure nobody can catch. The name keeps it to statements of this process, whatever a pooler makes of process ids. */
function cancelStatement(
  options: { url: string; prepare: boolean },
  query: object,
  applicationName: string,
): void {
  const pid = (query as { state?: { pid?: number } }).state?.pid;
  if (typeof pid !== "number") return;
  const sql = connectTo(options, { max: 1, applicationName: `${applicationName} cancel` });
  const cancelled = sql`
    select pg_cancel_backend(pid)
    from pg_stat_activity
    where pid = ${pid} and application_name = ${applicationName} and state = 'active'`;
  cancelled.then(
    () => sql.end({ timeout: 1 }),
    () => sql.end({ timeout: 1 }),
  );
}
