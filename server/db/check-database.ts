import type postgres from "postgres";
import { MoodsyncError } from "../../src/domain/moodsync-error.ts";
import { wholeRows } from "./pool.ts";

/** The oldest PostgreSQL that is tried, as `server_version_num` has it. */
const OLDEST_VERSION = 150_000;

/** What a database is like before anything is written to it. */
export interface DatabaseFacts {
  version: number;
  encoding: string;
  /** Where new tables go; null where the user's search_path names no schema that exists. */
  schema: string | null;
  is_standby: boolean;
  is_read_only: boolean;
  /** What `schema_migrations` in that schema is: many programs have a table of that name. */
  migrations_table: "none" | "ours" | "foreign";
  /** Another schema that this user can read and that has our tables. */
  other_schema: string | null;
}

const FACTS = `
  with found as (
    select n.nspname, (
      c.relkind in ('r', 'p') and (
        select string_agg(a.attname || ' ' || format_type(a.atttypid, null), ', ' order by a.attnum)
        from pg_attribute as a
        where a.attrelid = c.oid and a.attnum > 0 and not a.attisdropped
      ) = 'version integer, name text, applied_at timestamp with time zone'
    ) as is_ours
    from pg_class as c
    join pg_namespace as n on n.oid = c.relnamespace
    where c.relname = 'schema_migrations'
      and (n.nspname = current_schema() or has_table_privilege(c.oid, 'select'))
  )
  select
    current_setting('server_version_num')::integer as version,
    current_setting('server_encoding') as encoding,
    current_schema()::text as schema,
    pg_is_in_recovery() as is_standby,
    current_setting('transaction_read_only') = 'on' as is_read_only,
    coalesce(
      (select case when is_ours then 'ours' else 'foreign' end from found where nspname = current_schema()),
      'none'
    ) as migrations_table,
    (select min(nspname::text) from found where is_ours and nspname <> current_schema()) as other_schema`;

/** Refuses a database on which moodsync would lose or mistake something. Throws `failure`. */
export async function checkDatabase(sql: postgres.Sql): Promise<void> {
  const [facts] = wholeRows(await sql.unsafe<DatabaseFacts[]>(FACTS));
  const refusal = refuse(facts!);
  if (refusal) throw new MoodsyncError("failure", refusal.message, { hint: refusal.hint });
}

function refuse(facts: DatabaseFacts): { message: string; hint: string } | null {
  if (facts.version < OLDEST_VERSION) {
    return {
      message: `The database is PostgreSQL ${Math.floor(facts.version / 10_000)}, which is too old.`,
      hint: "moodsync needs PostgreSQL 15 or newer.",
    };
  }
  if (facts.encoding !== "UTF8") {
    return {
      message: `The database's encoding is ${facts.encoding}, which cannot store every character of a note.`,
      hint: "Make a new one with `create database … template template0 encoding 'UTF8'`.",
    };
  }
  if (facts.is_standby) {
    return {
      message: "The database is a standby, which can only be read.",
      hint: "Let --db or MOODSYNC_DB_URL name the primary.",
    };
  }
  if (facts.is_read_only) {
    return {
      message: "The database's user or the database itself is set to read-only.",
      hint: "`alter role … reset default_transaction_read_only` ends that; so does `alter database …`.",
    };
  }
  if (facts.schema === null) {
    return {
      message: "The search_path of the database's user has no schema that exists.",
      hint: "`alter role … set search_path = public` gives it one.",
    };
  }
  if (facts.migrations_table === "foreign") return foreignMigrations();
  if (facts.migrations_table === "none" && facts.other_schema !== null) {
    return {
      message: `moodsync's tables are in the schema ${facts.other_schema}, but this user's search_path begins with ${facts.schema}.`,
      hint: `Let it begin with ${facts.other_schema}, or give moodsync a database or a user of its own.`,
    };
  }
  return null;
}

/** Why a database is not used in which another program counts its own migrations. */
export function foreignMigrations(): { message: string; hint: string } {
  return {
    message: "The database belongs to another program, whose schema_migrations table is in it.",
    hint: "Give moodsync a database of its own.",
  };
}

interface UnusableTable {
  name: string;
  problem: "missing" | "rights" | "row security";
}

const UNUSABLE_TABLES = `
  select asked.name, case
    when c.oid is null then 'missing'
    when row_security_active(c.oid) then 'row security'
    else 'rights'
  end as problem
  from json_array_elements_text($1::text::json) as asked (name)
  left join (pg_class as c join pg_namespace as n on n.oid = c.relnamespace and n.nspname = current_schema())
    on c.relname = asked.name
  where c.oid is null
    or row_security_active(c.oid)
    or not (
      has_table_privilege(c.oid, 'select')
      and has_table_privilege(c.oid, 'insert')
      and has_table_privilege(c.oid, 'update')
      and has_table_privilege(c.oid, 'delete')
    )
  limit 1`;

const MESSAGE: Record<UnusableTable["problem"], (table: string) => string> = {
  missing: (table) => `The database has lost moodsync's table ${table}.`,
  rights: (table) => `The database's user may not read and write moodsync's table ${table}.`,
  "row security": (table) => `Row security hides rows of moodsync's table ${table}.`,
};
const HINT: Record<UnusableTable["problem"], string> = {
  missing: "Restore all of the database from a backup, or give moodsync a new one.",
  rights: "Make the user the owner of the tables: `alter table … owner to …`.",
  "row security": "`alter table … disable row level security` ends that.",
};

/** Refuses a schema whose tables are not all there for this user: a row that is hidden is a key that does not exist.
 *  Throws `failure`. */
export async function checkTables(sql: postgres.Sql, tables: readonly string[]): Promise<void> {
  const [unusable] = wholeRows(await sql.unsafe<UnusableTable[]>(UNUSABLE_TABLES, [JSON.stringify(tables)]));
  if (unusable === undefined) return;
  const { name, problem } = unusable;
  throw new MoodsyncError("failure", MESSAGE[problem](name), { hint: HINT[problem] });
}
