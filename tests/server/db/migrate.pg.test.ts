import { describe, expect, test } from "vitest";
import { isSchemaCurrent, migrate } from "../../../server/db/migrate.ts";
import { openDatabase } from "../../../server/db/pool.ts";
import { createTestDatabase } from "../../helpers/postgres/postgres.ts";
import { connect } from "../../helpers/postgres/postgres-databases.ts";

const TABLES_WITHOUT_USER_FIRST = `
  select c.relname || '.' || i.relname as name
  from pg_index x
  join pg_class c on c.oid = x.indrelid
  join pg_class i on i.oid = x.indexrelid
  join pg_attribute a on a.attrelid = c.oid and a.attnum = x.indkey[0]
  where c.relnamespace = 'public'::regnamespace
    and c.relname not in ('users', 'schema_migrations', 'quotas') -- the last two hold nothing of a user
    and a.attname <> 'user_id'`;

describe("migrations", () => {
  test("may be applied by several servers at once", async () => {
    const url = await createTestDatabase();
    await Promise.all(Array.from({ length: 5 }, () => migrate({ url })));
    const db = openDatabase({ url, prepare: true });
    expect(await isSchemaCurrent(db)).toBe(true);
    await db.close();
  });

  test("put the user first in every index, so that tables can be distributed by user", async () => {
    const url = await createTestDatabase();
    await migrate({ url });
    const sql = connect(url);
    expect([...(await sql.unsafe(TABLES_WITHOUT_USER_FIRST))]).toEqual([]);
    await sql.end();
  });

  test("refuse a database of a newer moodsync", async () => {
    const url = await createTestDatabase();
    await migrate({ url });
    const sql = connect(url);
    await sql`insert into schema_migrations (version, name) values (999, 'future')`;
    await sql.end();
    await expect(migrate({ url })).rejects.toThrow("written by a newer version of moodsync");
  });

  test("say in one sentence that there is no such database, without the URL", async () => {
    const url = new URL(await createTestDatabase());
    url.pathname = "/nothing";
    url.password = "hidden";
    const error = await migrate({ url: url.href }).catch((e: Error) => e);
    expect(error).toMatchObject({
      code: "unreachable",
      message: "The database that the URL names does not exist.",
    });
    expect(JSON.stringify(error)).not.toContain("hidden");
  });
});
