import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import type postgres from "postgres";
import { MoodsyncError } from "../../src/domain/moodsync-error.ts";
import { packageRoot } from "../../src/package-root.ts";
import { toDatabaseError } from "./database-error.ts";
import { connectTo, type Database, wholeRows } from "./pool.ts";

interface Migration {
  version: number;
  name: string;
  sql: string;
}

/** Any number that no other program uses on the same database: the letters "mood". */
const ADVISORY_LOCK = 0x6d6f6f64;
const UNIQUE_VIOLATION = "23505";

/** Brings the schema of a database up to date. Several servers may do so at once. Throws `failure` when the database
 *  was written by a newer moodsync, `unreachable` when it does not answer. */
export async function migrate(options: { url: string }): Promise<void> {
  const sql = connectTo(
    { url: options.url, prepare: false },
    { max: 1, applicationName: "moodsync migrate" },
  );
  try {
    await prepareVersionTable(sql);
    const migrations = readMigrations();
    for (;;) {
      const current = await readVersion(sql);
      refuseNewer(current, migrations.length);
      const next = migrations[current];
      if (next === undefined) return;
      await apply(sql, next);
    }
  } catch (error) {
    throw startError(error);
  } finally {
    await sql.end({ timeout: 2 });
  }
}

/** Whether the database's schema is the one of this program. */
export async function isSchemaCurrent(db: Database): Promise<boolean> {
  const [row] = await db.run<{ version: number }>(
    (sql) => sql`select coalesce(max(version), 0) as version from schema_migrations`,
  );
  return row?.version === readMigrations().length;
}

/** Each text below is one message to PostgreSQL and therefore one transaction, which needs no `sql.begin`. */
async function prepareVersionTable(sql: postgres.Sql): Promise<void> {
  await sql.unsafe(`
    select pg_advisory_xact_lock(${ADVISORY_LOCK});
    create table if not exists schema_migrations (
      version integer primary key,
      name text not null,
      applied_at timestamptz not null default now()
    );`);
}

async function readVersion(sql: postgres.Sql): Promise<number> {
  const [row] = wholeRows(
    await sql<{ version: number }[]>`select coalesce(max(version), 0) as version from schema_migrations`,
  );
  return row!.version;
}

/** Of two servers that start at once, the second finds the version taken, and its transaction leaves nothing. */
async function apply(sql: postgres.Sql, { version, name, sql: text }: Migration): Promise<void> {
  try {
    await sql.unsafe(`
      select pg_advisory_xact_lock(${ADVISORY_LOCK});
      insert into schema_migrations (version, name) values (${version}, '${name}');
      ${text}`);
  } catch (error) {
    if ((error as { code?: unknown }).code !== UNIQUE_VIOLATION) throw error;
  }
}

function readMigrations(): Migration[] {
  const directory = join(packageRoot(), "migrations/server");
  const names = readdirSync(directory).filter((name) => name.endsWith(".sql"));
  return names.sort().map((name) => ({
    version: Number(name.slice(0, 4)),
    name,
    sql: readFileSync(join(directory, name), "utf8"),
  }));
}

function refuseNewer(current: number, known: number): void {
  if (current <= known) return;
  throw new MoodsyncError("failure", "The database was written by a newer version of moodsync.", {
    hint: "Upgrade this moodsync, or give it another database.",
  });
}

function startError(error: unknown): MoodsyncError {
  if (error instanceof MoodsyncError) return error;
  const { kind, sqlState } = toDatabaseError(error);
  if (kind === "unavailable" || sqlState.startsWith("28") || sqlState === "3D000") {
    return new MoodsyncError("unreachable", `The database does not let moodsync in (${sqlState}).`, {
      hint: "Check that PostgreSQL runs and that --db or MOODSYNC_DB_URL names its address, user and database.",
    });
  }
  return new MoodsyncError("failure", `The database refused moodsync's tables (${sqlState}).`, {
    hint: "Check that the user may create tables, and that PostgreSQL is version 15 or newer.",
  });
}
