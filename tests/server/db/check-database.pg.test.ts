import { randomBytes } from "node:crypto";
import { afterAll, describe, expect, inject, test } from "vitest";
import { migrate } from "../../../server/db/migrate.ts";
import { createTestDatabase } from "../../helpers/postgres/postgres.ts";
import { alter, connect } from "../../helpers/postgres/postgres-databases.ts";
import { until } from "../../helpers/until.ts";

/** A role that is no superuser and owns nothing, and the URL with it as the user. */
async function createRole(url: string, password?: string): Promise<{ role: string; url: string }> {
  const role = `${inject("databasePrefix")}${randomBytes(4).toString("hex")}`;
  await alter(
    url,
    () => `create role ${role} login ${password === undefined ? "" : `password '${password}'`}`,
  );
  roles.push({ role, url });
  const own = new URL(url);
  own.username = role;
  return { role, url: own.href };
}
const roles: { role: string; url: string }[] = [];
afterAll(async () => {
  for (const { role, url } of roles) await alter(url, () => `drop owned by ${role}; drop role ${role}`);
});

describe("a database is refused in one sentence", () => {
  test.each([
    ["create table schema_migrations (version bigint primary key, dirty boolean not null)", 1],
    ["create table schema_migrations (version varchar primary key)", 2],
    ["create view schema_migrations as select 1 as version", 3],
    [
      `create table schema_migrations (version integer primary key, name text not null, applied_at timestamptz);
       insert into schema_migrations values (1, 'create_users')`,
      4,
    ],
  ])("where another program counts its migrations: %s", async (statements) => {
    const url = await createTestDatabase();
    await alter(url, () => statements);
    await expect(migrate({ url })).rejects.toMatchObject({
      code: "failure",
      message: "The database belongs to another program, whose schema_migrations table is in it.",
    });
  });

  test.each(["create table users (id integer)", "create view devices as select 1 as id"])(
    "where another program has what moodsync would make: %s",
    async (statement) => {
      const url = await createTestDatabase();
      await alter(url, () => statement);
      await expect(migrate({ url })).rejects.toMatchObject({
        code: "failure",
        message: "The database has tables of another program under names that moodsync needs.",
      });
    },
  );

  test("where its encoding lacks characters", async () => {
    const url = new URL(await createTestDatabase());
    const name = `${url.pathname.slice(1)}_latin1`;
    await alter(
      url.href,
      () => `create database ${name} template template0 encoding 'LATIN1' lc_collate 'C' lc_ctype 'C'`,
    );
    url.pathname = `/${name}`;
    await expect(migrate({ url: url.href })).rejects.toMatchObject({
      code: "failure",
      message: "The database's encoding is LATIN1, which cannot store every character of a note.",
    });
  });

  test("where it may only be read", async () => {
    const url = await createTestDatabase();
    await alter(url, (name) => `alter database "${name}" set default_transaction_read_only = on`);
    await expect(migrate({ url })).rejects.toThrow(
      "The database's user or the database itself is set to read-only.",
    );
  });

  test("where the search_path names no schema, or begins with another than the tables are in", async () => {
    const url = await createTestDatabase();
    await migrate({ url });
    await alter(
      url,
      (name) => `create schema other; alter database "${name}" set search_path = other, public`,
    );
    await expect(migrate({ url })).rejects.toThrow(
      "moodsync's tables are in the schema public, but this user's search_path begins with other.",
    );
    await alter(url, (name) => `alter database "${name}" set search_path = nowhere`);
    await expect(migrate({ url })).rejects.toThrow(
      "The search_path of the database's user has no schema that exists.",
    );
  });

  test("where the user may make no tables, or not use those that are there", async () => {
    const url = await createTestDatabase();
    const { url: own, role } = await createRole(url);
    await expect(migrate({ url: own })).rejects.toThrow(
      "The database's user lacks a right that moodsync needs.",
    );
    await migrate({ url });
    await alter(
      url,
      () =>
        `grant create on schema public to ${role}; grant select on all tables in schema public to ${role}`,
    );
    await expect(migrate({ url: own })).rejects.toThrow(
      /^The database's user may not read and write moodsync's table \w+\.$/,
    );
  });

  test("where a table is gone, or row security hides rows", async () => {
    const url = await createTestDatabase();
    await migrate({ url });
    const { url: own, role } = await createRole(url);
    await alter(
      url,
      () => `grant all on schema public to ${role}; grant all on all tables in schema public to ${role};
        alter table api_keys enable row level security`,
    );
    await expect(migrate({ url: own })).rejects.toThrow(
      "Row security hides rows of moodsync's table api_keys.",
    );
    await alter(url, () => "drop table uploads");
    await expect(migrate({ url })).rejects.toThrow("The database has lost moodsync's table uploads.");
  });

  test("where nobody answers or it does not exist", async () => {
    const code = "unreachable";
    await expect(migrate({ url: "postgres://x@127.0.0.1:1/x" })).rejects.toMatchObject({
      code,
      message: "Nothing accepts connections at the database's address.",
    });
    await expect(migrate({ url: "postgres://x@localhost/x?host=/nowhere" })).rejects.toMatchObject({
      code,
      message: "There is no socket of PostgreSQL in the directory that the URL names.",
    });
    const { url } = await createRole(await createTestDatabase());
    const unknown = new URL(url);
    unknown.username = "nobody_of_that_name";
    await expect(migrate({ url: unknown.href })).rejects.toMatchObject({
      code,
      message: "The database does not let this user in.",
    });
    await expect(
      migrate({ url: `${url}${url.includes("?") ? "&" : "?"}channel_binding=require` }),
    ).rejects.toMatchObject({
      code: "failure",
      message: "PostgreSQL does not know a parameter after the ? of the database URL.",
    });
  });
});

describe("a database is taken", () => {
  test("in a schema of the user's own, beside tables of another moodsync that the user may not read", async () => {
    const url = await createTestDatabase();
    await migrate({ url });
    const { url: own, role } = await createRole(url);
    await alter(url, () => `create schema ${role} authorization ${role}`);
    await migrate({ url: own });
  });

  test("by a server that waits longer for another one than the database lets statements wait", async () => {
    const url = await createTestDatabase();
    await alter(url, (name) => `alter database "${name}" set lock_timeout = '1ms'`);
    const other = connect(url);
    await other`select pg_advisory_lock(${0x6d6f6f64})`;
    const migrated = migrate({ url });
    const isWaiting = async () =>
      (await other`select from pg_locks where locktype = 'advisory' and not granted`).length > 0;
    await Promise.race([migrated, until(isWaiting)]);
    await other`select pg_advisory_unlock(${0x6d6f6f64})`;
    await migrated;
    await other.end();
  });
});
