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

  test("says that a database is not there", async () => {
    const db = openDatabase({ url: "postgres://x@127.0.0.1:1/x", prepare: true });
    await expect(db.run((sql) => sql`select 1`)).rejects.toMatchObject({
      kind: "unavailable",
      sqlState: "ECONNREFUSED",
    });
    await db.close();
  });
});
