import { randomUUID } from "node:crypto";
import { afterAll, beforeAll, expect, test } from "vitest";
import { deleteAccount } from "../../../server/db/delete-account.ts";
import type { SyncChange } from "../../../src/domain/protocol/sync-change.ts";
import { createTestDatabase } from "../../helpers/postgres/postgres.ts";
import { send, startTestServer, type TestServer } from "../../helpers/server/http-server.ts";
import { sealedDevice } from "../../helpers/sync/sealed-account.ts";
import { entityChange, moodChange } from "../../helpers/sync/sync-server.ts";

let server: TestServer;
let tables: string[];
beforeAll(async () => {
  server = await startTestServer(await createTestDatabase());
  const rows = await server.db.run<{ table_name: string }>(
    (sql) => sql`
      select table_name::text
      from information_schema.columns
      where column_name = 'user_id' and table_schema = current_schema()
      order by table_name`,
  );
  tables = rows.map(({ table_name }) => table_name);
});
afterAll(() => server.close());

/** How many rows an account has in each table, also in one that was added after this test was written. */
async function rowsOf(userId: string): Promise<Record<string, number>> {
  const counts: Record<string, number> = {};
  for (const table of ["users", ...tables]) {
    const column = table === "users" ? "id" : "user_id";
    const [row] = await server.db.run<{ count: number }>((sql) =>
      sql.unsafe(`select count(*)::integer as count from ${table} where ${column} = $1::uuid`, [userId]),
    );
    counts[table] = row!.count;
  }
  return counts;
}

function ofEveryOtherType(): SyncChange[] {
  const metadata = { created_at: TIME, updated_at: TIME, deleted_at: null };
  const [type, id] = ["GAD7", randomUUID()];
  const activity = { id, label: "run", color_hex: null, icon: null, metadata };
  const result = { id, assessment_type: type, score: 4, severity: "minimal", taken_at: TIME, metadata };
  const due = { assessment_type: type, frequency: "Weekly" as const, enabled: true, next_due_at: TIME };
  return [
    entityChange("Activity", activity),
    entityChange("AssessmentEntry", result),
    entityChange("Schedule", { id, ...due, metadata }),
  ];
}

const TIME = "2026-03-02T20:10:00.000Z";

/** An account with something in every table: plain data that was retired, and sealed data. */
async function fullAccount() {
  const account = await server.newAccount();
  const device = sealedDevice(server, account);
  const deviceId = device.deviceId;
  const id = randomUUID();
  const mood = moodChange({ id });
  const edited = moodChange({ id, note: "edited", updatedAtMs: Date.now() - 30_000 });
  for (const changes of [[mood, ...ofEveryOtherType()], [edited]]) {
    const body = { device_id: deviceId, client_cursor: null, changes };
    expect((await device.ask("POST", "/v1/sync/upload", body)).status).toBe(200);
  }
  const { body } = await device.ask("POST", "/v1/sync/download", { device_id: deviceId, since: null });
  expect((await device.found({ client_cursor: body.server_cursor })).status).toBe(200);
  for (const changes of [[mood], [edited]]) {
    expect((await device.upload(changes)).status).toBe(200);
  }
  return { account, device };
}

test("everything of the account is gone from every table, and no other account is touched", async () => {
  const [{ account, device }, other] = [await fullAccount(), await fullAccount()];
  const made = await device.ask("POST", "/v1/auth/api-keys", { label: "phone" });
  const before = await rowsOf(account.userId);
  expect(Object.entries(before).filter(([, count]) => count === 0)).toEqual([]);
  const untouched = await rowsOf(other.account.userId);
  expect(await device.ask("DELETE", "/v1/account")).toMatchObject({ status: 204, body: undefined });
  expect(await rowsOf(account.userId)).toEqual(
    Object.fromEntries(Object.keys(before).map((table) => [table, 0])),
  );
  expect(await rowsOf(other.account.userId)).toEqual(untouched);
  for (const apiKey of [account.apiKey, made.body.api_key]) {
    expect(await send(server.url, "GET", "/v1/devices", { apiKey })).toMatchObject({
      status: 401,
      body: { code: "unauthorized" },
    });
  }
});

test("a key that another key has made may not delete the account", async () => {
  const account = await server.newAccount();
  const made = await send(server.url, "POST", "/v1/auth/api-keys", { apiKey: account.apiKey, body: {} });
  const refused = await send(server.url, "DELETE", "/v1/account", { apiKey: made.body.api_key });
  expect(refused).toMatchObject({ status: 403, body: { code: "forbidden" } });
  expect((await rowsOf(account.userId)).users).toBe(1);
});

test("what is stored beside the deletion keeps it from being half of one", async () => {
  const account = await server.newAccount();
  const device = sealedDevice(server, account);
  const keys = await device.ask("GET", "/v1/auth/api-keys");
  const upload = () =>
    device.ask("POST", "/v1/sync/upload", {
      device_id: device.deviceId,
      client_cursor: null,
      changes: [moodChange()],
    });
  let statements = 0;
  const interrupted: typeof server.db = {
    ...server.db,
    run: async (statement) => {
      if (++statements === 2) await upload();
      return server.db.run(statement);
    },
  };
  const caller = { userId: account.userId, apiKeyId: keys.body.api_keys[0].id };
  expect(await deleteAccount(interrupted, caller)).toBe("contended");
  expect(await rowsOf(account.userId)).toMatchObject({ users: 1, mood_entries: 1, api_keys: 1 });
  expect(await deleteAccount(server.db, caller)).toBe("deleted");
});

test("uploads and new keys that run into the deletion leave nothing behind, and the server finds nothing wrong", async () => {
  for (let round = 0; round < 8; round++) {
    const account = await server.newAccount();
    const device = sealedDevice(server, account);
    const others = Array.from({ length: 6 }, (_, index) =>
      index % 2 === 0
        ? device.ask("POST", "/v1/auth/api-keys", { label: "phone" })
        : device.ask("POST", "/v1/sync/upload", {
            device_id: randomUUID(),
            client_cursor: null,
            changes: [moodChange()],
          }),
    );
    const deletion = await device.ask("DELETE", "/v1/account");
    const statuses = (await Promise.all(others)).map(({ status }) => status);
    expect(statuses.filter((status) => ![200, 201, 401, 503].includes(status))).toEqual([]);
    if (deletion.status !== 204) expect((await device.ask("DELETE", "/v1/account")).status).toBe(204);
    expect(Object.values(await rowsOf(account.userId)).filter((count) => count > 0)).toEqual([]);
  }
});
