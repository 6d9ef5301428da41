import { join } from "node:path";
import { afterAll, beforeAll, beforeEach, expect, test } from "vitest";
import { openSqlite } from "../../src/files/open-sqlite.ts";
import { packageVersion } from "../../src/package-root.ts";
import type { Device } from "../helpers/device/device.ts";
import { connectDevice, entitiesOf, startAccount, sync } from "../helpers/sync/synced-devices.ts";

let server: Awaited<ReturnType<typeof startAccount>>;
let a: Device;

beforeAll(async () => {
  server = await startAccount();
});
afterAll(() => server.close());
beforeEach(async () => {
  a = await connectDevice({ url: server.url, ...(await server.newAccount()) });
  for (const value of ["1", "2", "3"]) await a.json(["log", "mood", value, "-a", "run"]);
  await sync(a);
});

/** What a failing disk or another program may do to the database. */
function damage(sql: string): void {
  const db = openSqlite(join(a.home, "moodsync.db"));
  db.exec(sql);
  db.close();
}

test("a device that agrees with its server is told so", async () => {
  expect(await a.json(["sync", "verify"])).toMatchObject({
    status: "equal",
    entity_types: {
      MoodEntry: { here: { count: 3 }, server: { count: 3 } },
      Activity: { here: { count: 1 } },
    },
  });
});

test.each([
  ["a row whose content was changed", "update mood_entries set value = 5 where value = 1", { different: 1 }],
  ["a row that is missing here", "delete from mood_entries where value = 1", { only_on_server: 1 }],
])("%s is named, and repaired when asked", async (_name, sql, difference) => {
  const before = await entitiesOf(a);
  damage(sql);
  const found = await a.run(["sync", "verify", "--json"]);
  expect(found.code).toBe(1);
  expect(JSON.parse(found.stdout)).toMatchObject({
    status: "different",
    entity_types: { MoodEntry: difference },
  });
  expect(await a.json(["sync", "verify", "--repair"])).toMatchObject({ status: "repaired" });
  expect(await entitiesOf(a)).toEqual(before);
});

test("what only this device has, although it counts as acknowledged, is given to the server", async () => {
  await a.json(["log", "mood", "4"]);
  damage("update mood_entries set acked_revision = revision where value = 4");
  const found = await a.run(["sync", "verify", "--json"]);
  expect(JSON.parse(found.stdout)).toMatchObject({ entity_types: { MoodEntry: { only_here: 1 } } });
  expect(await a.json(["sync", "verify", "--repair"])).toMatchObject({ status: "repaired" });
});

test("a change that was set aside goes up with --repair", async () => {
  await a.json(["log", "mood", "4"]);
  damage(`insert into rejected_changes
    select 'MoodEntry', id, revision, 'too_large', null, '${packageVersion()}', 0 from mood_entries where value = 4`);
  expect((await a.run(["sync"])).code).toBe(5);
  expect(await a.json(["sync", "status"])).toMatchObject({ pending: 1, rejected: 1 });
  expect(await a.json(["sync", "verify", "--repair"])).toMatchObject({
    status: "repaired",
    entity_types: { MoodEntry: { server: { count: 4 } } },
  });
  expect(await a.json(["sync", "status"])).toMatchObject({ pending: 0, rejected: 0 });
});
