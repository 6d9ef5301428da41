import { randomUUID } from "node:crypto";
import { expect, test } from "vitest";
import { addUser } from "../../../server/accounts/accounts.ts";
import { listUsers } from "../../../server/db/users.ts";
import { parseApiKey } from "../../../src/domain/protocol/api-key.ts";
import { createTestDatabase } from "../../helpers/postgres/postgres.ts";
import { alter } from "../../helpers/postgres/postgres-databases.ts";
import { send, startTestServer } from "../../helpers/server/http-server.ts";
import { moodChange } from "../../helpers/sync/sync-server.ts";

/** What an operator, or another program on the same server, may have set for a whole database. */
const UNUSUAL = {
  DateStyle: "German, DMY",
  IntervalStyle: "sql_standard",
  TimeZone: "Asia/Kathmandu",
  extra_float_digits: "-15",
  bytea_output: "escape",
  standard_conforming_strings: "off",
  array_nulls: "off",
  transform_null_equals: "on",
  client_encoding: "LATIN1",
  row_security: "off",
  default_transaction_isolation: "serializable",
  lc_numeric: "C",
};

test("stores and answers the same, whatever the settings of its database are", async () => {
  const url = await createTestDatabase();
  await alter(url, (database) =>
    Object.entries(UNUSUAL)
      .map(([name, value]) => `alter database "${database}" set ${name} = '${value}';`)
      .join("\n"),
  );
  const server = await startTestServer(url);
  const { apiKey } = await addUser(server.db);
  const ask = (method: string, path: string, body?: object) =>
    send(server.url, method, path, { apiKey, ...(body ? { body } : {}) });

  const change = moodChange({ note: "it's 7\\8 \u{1f327}" });
  const uploaded = await ask("POST", "/v1/sync/upload", {
    device_id: randomUUID(),
    client_cursor: null,
    changes: [change],
  });
  const downloaded = await ask("POST", "/v1/sync/download", { device_id: randomUUID(), since: null });
  const devices = await ask("GET", "/v1/devices");
  const keys = await ask("GET", "/v1/auth/api-keys");
  const history = await ask("GET", `/v1/history/MoodEntry/${change.id}`);
  const users = await listUsers(server.db);
  await server.close();

  expect([uploaded, downloaded, devices, keys, history].map(({ status }) => status)).toEqual(
    Array(5).fill(200),
  );
  expect(downloaded.body.changes).toMatchObject([{ data: change.data }]);
  expect(history.body.versions).toMatchObject([{ data: change.data }]);
  expect(Math.abs(uploaded.body.server_time - Date.now())).toBeLessThan(60_000);
  const times = [
    devices.body.devices[0].last_seen_at,
    keys.body.api_keys[0].created_at,
    users[0]!.created_at,
    history.body.versions[0].stored_at,
  ];
  for (const time of times) expect(Math.abs(Date.parse(time) - Date.now())).toBeLessThan(60 * 60_000);
  expect(users[0]!.user_id).toBe(parseApiKey(apiKey)!.userId);
});

test("takes every upload of two servers at once on a database whose isolation is serializable", async () => {
  const url = await createTestDatabase();
  await alter(
    url,
    (database) => `alter database "${database}" set default_transaction_isolation = 'serializable'`,
  );
  const servers = await Promise.all([startTestServer(url), startTestServer(url)]);
  const { apiKey } = await addUser(servers[0]!.db);
  const uploads = Array.from({ length: 20 }, (_, index) =>
    send(servers[index % 2]!.url, "POST", "/v1/sync/upload", {
      apiKey,
      body: { device_id: randomUUID(), client_cursor: null, changes: [moodChange()] },
    }),
  );
  const statuses = (await Promise.all(uploads)).map(({ status }) => status);
  await Promise.all(servers.map((server) => server.close()));
  expect(new Set(statuses)).toEqual(new Set([200]));
});
