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
