import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import type postgres from "postgres";
import { MoodsyncError } from "../../src/domain/moodsync-error.ts";
import { packageRoot } from "../../src/package-root.ts";
import { checkDatabase, checkTables, foreignMigrations } from "./check-database.ts";
import { connectTo, type Database, wholeRows } from "./pool.ts";
import { startError } from "./start-error.ts";

interface Migration {
  version: number;
  name: string;
  sql: string;
}

/** Any number that no other program uses on the same database: the letters "mood". */
const ADVISORY_LOCK = 0x6d6f6f64;
/** A user or a database can have limits of time, which are meant for other statements than these. */
const BEGIN = `
  set local statement_timeout = 0;
  set local lock_timeout = 0;
  select pg_advisory_xact_lock(${ADVISORY_LOCK});`;
/** Another server took this version first: seen as a unique violation or, where the database's default isolation is
 *  stricter, as a serialization failure. */
const TAKEN = ["23505", "40001"];

/** Brings the schema of a database up to date. Several servers may do so at once. Throws `failure` when the database
 *  was written by a newer moodsync, belongs to another program or is none that can be relied on, `unreachable` when it
 *  does not answer or lets nobody in. */
export async function migrate(options: { url: string }): Promise<void> {
  const sql = connectTo(
    { url: options.url, prepare: false },
    { max: 1, applicationName: "moodsync migrate" },
  );
  try {
    await checkDatabase(sql);
    await prepareVersionTable(sql);
    const migrations = readMigrations();
    for (;;) {
      const applied = await readApplied(sql);
      rejectUnknown(applied, migrations);
      const next = migrations[applied.length];
      if (next === undefined) break;
      await apply(sql, next);
    }
    await checkTables(sql, migrations.flatMap(tablesOf));
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
    ${BEGIN}
    create table if not exists schema_migrations (
      version integer primary key,
      name text not null,
      applied_at timestamptz not null default now()
    );`);
}

async function readApplied(sql: postgres.Sql): Promise<Pick<Migration, "version" | "name">[]> {
  return wholeRows(
    await sql<Pick<Migration, "version" | "name">[]>`
      select version, name from schema_migrations order by version`,
  );
}

/** Of two servers that start at once, the second finds the version taken, and its transaction leaves nothing. */
async function apply(sql: postgres.Sql, { version, name, sql: text }: Migration): Promise<void> {
  try {
    await sql.unsafe(`
      ${BEGIN}
      insert into schema_migrations (version, name) values (${version}, '${name}');
      ${text}`);
  } catch (error) {
    if (!TAKEN.includes((error as { code: string }).code)) throw error;
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

/** Another program's list of migrations can have the same form as ours, but does not name our files. */
function rejectUnknown(
  applied: readonly Pick<Migration, "version" | "name">[],
  known: readonly Migration[],
): void {
  const isOurs = known.slice(0, applied.length).every(({ name }, index) => applied[index]!.name === name);
  if (!isOurs) {
    const { message, hint } = foreignMigrations();
    throw new MoodsyncError("failure", message, { hint });
  }
  if (applied.length <= known.length) return;
  throw new MoodsyncError("failure", "The database was written by a newer version of moodsync.", {
    hint: "Upgrade this moodsync, or give it another database.",
  });
}

/** The tables that a migration makes. */
function tablesOf({ sql }: Migration): string[] {
  return [...sql.matchAll(/^create table (\w+)/gm)].map(([, name]) => name!);
}
