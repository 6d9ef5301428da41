import { setTimeout as sleep } from "node:timers/promises";
import { beforeAll, describe, expect, test } from "vitest";
import { openDatabase } from "../../../server/db/pool.ts";
import { createTestDatabase } from "../../helpers/postgres/postgres.ts";
import { connect } from "../../helpers/postgres/postgres-databases.ts";

let url: string;
beforeAll(async () => {
  url = await createTestDatabase();
});

describe("the pool", () => {
  test("ends a statement that takes too long, on the server too, and goes on working", async () => {
    const db = openDatabase({ url, prepare: true, statementTimeoutMs: 300 });
    const endless = Array.from({ length: 12 }, () => db.run((sql) => sql`select pg_sleep(60)`));
    const outcomes = await Promise.allSettled(endless);
    for (const outcome of outcomes) {
      expect(outcome).toMatchObject({ reason: { kind: "unavailable", sqlState: "STATEMENT_TIMEOUT" } });
    }
    const observer = connect(url);
    const running = () =>
      observer`select pid from pg_stat_activity where datname = current_database() and query like '%pg_sleep(60)%'
        and state = 'active' and pid <> pg_backend_pid()`;
    while ((await running()).length > 0) await sleep(50);
    expect(await db.run((sql) => sql`select 1 as one`)).toEqual([{ one: 1 }]);
    await observer.end();
    await db.close();
  });

  test("tells what failed by a code alone, never by the data", async () => {
    const db = openDatabase({ url, prepare: true });
    const error = await db.run((sql) => sql`select ${"PRIVATE-MARKER"}::text::int`).catch((e: unknown) => e);
    expect(error).toMatchObject({ kind: "failed", sqlState: "22P02" });
    const { inspect } = await import("node:util");
    expect(inspect(error, { depth: 9, showHidden: true })).not.toContain("PRIVATE-MARKER");
    await db.close();
  });

  test("runs a statement again that PostgreSQL takes back for others beside it, but not for ever", async () => {
    const db = openDatabase({ url, prepare: true });
    await db.run((sql) => sql`create sequence runs`);
    await db.run((sql) =>
      sql.unsafe(`
        create function fails_before(run bigint, code text) returns bigint language plpgsql as $$
        declare this_run bigint := nextval('runs');
        begin
          if this_run < run then raise exception 'taken back' using errcode = code; end if;
          return this_run;
        end $$`),
    );
    for (const code of ["40001", "40P01"]) {
      await db.run((sql) => sql`select setval('runs', 1, false)`);
      const rows = await db.run((sql) => sql`select fails_before(4, ${code})::integer as run`);
      expect(rows).toEqual([{ run: 4 }]);
    }
    const always = db.run((sql) => sql`select fails_before(1000, '40001')`);
    await expect(always).rejects.toMatchObject({ kind: "unavailable", sqlState: "40001" });
    // Another failure may have been committed, or comes again.
    await db.run((sql) => sql`select setval('runs', 1, false)`);
    await expect(db.run((sql) => sql`select fails_before(4, '57014')`)).rejects.toMatchObject({
      sqlState: "57014",
    });
    await db.close();
  });

  test("says that a database is not there", async () => {
    const db = openDatabase({ url: "postgres://x@127.0.0.1:1/x", prepare: true });
    await expect(db.run((sql) => sql`select 1`)).rejects.toMatchObject({
      kind: "unavailable",
      sqlState: "ECONNREFUSED",
    });
    await db.close();
  });
});
