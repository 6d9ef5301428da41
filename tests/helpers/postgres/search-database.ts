import type postgres from "postgres";

/** Every row of every table, as JSON. */
export async function allRows(sql: postgres.Sql): Promise<string> {
  const tables = await sql<{ name: string }[]>`
    select relname as name from pg_class where relkind = 'r' and relnamespace = 'public'::regnamespace`;
  const rows = await Promise.all(
    tables.map(({ name }) => sql`select jsonb_agg(t)::text as rows from ${sql(name)} as t`),
  );
  return rows.map(([row]) => row!.rows).join("\n");
}

/** The files of tables, indexes and the write-ahead log, since a segment of it, that hold a text. */
export async function filesWith(sql: postgres.Sql, text: string, firstSegment: string): Promise<string[]> {
  await sql`checkpoint`;
  const rows = await sql<{ kind: string }[]>`
    with files as (
      select relkind::text as kind, pg_relation_filepath(oid) as path
      from pg_class
      where relkind in ('r', 'i', 't') and relnamespace <> 'pg_catalog'::regnamespace and pg_relation_size(oid) > 0
      union all
      select 'wal', 'pg_wal/' || name from pg_ls_waldir() where name >= ${firstSegment}
    )
    select distinct kind
    from files
    where position(convert_to(${text}, 'UTF8') in pg_read_binary_file(path)) > 0
    order by kind`;
  return rows.map(({ kind }) => kind);
}
