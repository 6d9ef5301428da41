import postgres from "postgres";
import { parseDatabaseUrl } from "../../../server/db/database-url.ts";

/** A connection for the tests' own questions. */
export function connect(url: string): postgres.Sql {
  const target = parseDatabaseUrl(url);
  return postgres(target.url, { path: target.path, max: 1, onnotice: () => {} });
}

export async function createDatabase(serverUrl: string, name: string): Promise<string> {
  const sql = connect(serverUrl);
  await sql`create database ${sql(name)}`;
  await sql.end();
  const url = new URL(serverUrl);
  url.pathname = `/${name}`;
  return url.href;
}

/** A copy of a database that nobody is connected with: a backup of this moment. */
export async function copyDatabase(url: string, name: string): Promise<string> {
  const copy = new URL(url);
  const original = copy.pathname.slice(1);
  const server = new URL(url);
  server.pathname = "/postgres";
  const sql = connect(server.href);
  await sql`create database ${sql(name)} template ${sql(original)}`;
  await sql.end();
  copy.pathname = `/${name}`;
  return copy.href;
}

/** Keeps every row of a database as it is now; what it returns puts them back, under a server that uses it. */
export async function keepRows(url: string): Promise<() => Promise<void>> {
  const sql = connect(url);
  const rows = await sql<{ name: string }[]>`
    select quote_ident(relname) as name from pg_class
    where relkind = 'r' and relnamespace = 'public'::regnamespace
    order by oid`;
  const tables = rows.map(({ name }) => name); // those that others refer to come first
  const copies = tables.map((name) => `create table kept.${name} as table public.${name}`);
  await sql.unsafe(["create schema kept", ...copies].join(";"));
  await sql.end();
  const statements = [
    ...tables.toReversed().map((name) => `delete from public.${name}`),
    ...tables.map((name) => `insert into public.${name} select * from kept.${name}`),
  ];
  return () => alter(url, () => statements.join(";"));
}

export async function dropDatabases(serverUrl: string, prefix: string): Promise<void> {
  const sql = connect(serverUrl);
  const found = await sql<{ datname: string }[]>`
    select datname from pg_database where starts_with(datname, ${prefix})`;
  for (const { datname } of found) await sql`drop database ${sql(datname)} with (force)`;
  await sql.end();
}

/** Runs statements of an operator's in a database. */
export async function alter(url: string, statements: (database: string) => string): Promise<void> {
  const sql = connect(url);
  await sql.unsafe(statements(new URL(url).pathname.slice(1)));
  await sql.end();
}
