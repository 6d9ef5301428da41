import { mkdtempSync, readFileSync, rmSync, statSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { addKey, addUser, listKeys, revokeKey } from "../../../server/accounts/accounts.ts";
import { createFirstAccount } from "../../../server/accounts/first-account.ts";
import { listUsers } from "../../../server/db/users.ts";
import type { ServerLog } from "../../../server/observability/log.ts";
import { parseApiKey } from "../../../src/domain/protocol/api-key.ts";
import { createTestDatabase } from "../../helpers/postgres/postgres.ts";
import { send, startTestServer, type TestServer } from "../../helpers/server/http-server.ts";
import { sealedDevice } from "../../helpers/sync/sealed-account.ts";

let server: TestServer;
const directory = mkdtempSync(join(tmpdir(), "moodsync-test-"));
beforeAll(async () => {
  server = await startTestServer(await createTestDatabase());
});
afterAll(async () => {
  await server.close();
  rmSync(directory, { recursive: true });
});

const quiet: ServerLog = { info: () => {}, warn: () => {}, error: () => {} };
const statusWith = async (apiKey: string) =>
  (await send(server.url, "GET", "/v1/devices", { apiKey })).status;

describe("accounts", () => {
  test("get their first one with a key in a file that only its user can read, and no second", async () => {
    const place = { directory: join(directory, "server"), log: quiet };
    const path = await createFirstAccount(server.db, place);
    expect(statSync(path!).mode & 0o777).toBe(0o600);
    expect(await statusWith(readFileSync(path!, "utf8").trim())).toBe(200);
    expect(await createFirstAccount(server.db, place)).toBeNull();
    expect(await listUsers(server.db)).toHaveLength(1);
  });

  test("keep the key of their first one when the data is gone, and the log says so", async () => {
    const before = await startTestServer(await createTestDatabase());
    const after = await startTestServer(await createTestDatabase());
    const warnings: string[] = [];
    const log = { ...quiet, warn: (event: string) => void warnings.push(event) };
    const place = { directory: join(directory, "other"), log };
    const path = (await createFirstAccount(before.db, place))!;
    const key = readFileSync(path, "utf8");
    expect(warnings).toEqual([]);

    expect(await createFirstAccount(after.db, place)).toBe(path);
    expect(readFileSync(path, "utf8")).toBe(key);
    expect(warnings).toEqual(["the database was empty, so the account of account.key was made again"]);
    expect((await listUsers(after.db)).map((user) => user.user_id)).toEqual([
      parseApiKey(key.trim())!.userId,
    ]);
    await Promise.all([before.close(), after.close()]);
  });

  test("have keys that work until they are revoked, each alone", async () => {
    const { userId, apiKey } = await addUser(server.db);
    const second = await addKey(server.db, { userId, label: "laptop" });
    expect([await statusWith(apiKey), await statusWith(second.apiKey)]).toEqual([200, 200]);
    await revokeKey(server.db, { userId, id: second.id });
    expect([await statusWith(apiKey), await statusWith(second.apiKey)]).toEqual([200, 401]);
    expect(await listKeys(server.db, userId)).toMatchObject([
      { label: null, revoked_at: null },
      { id: second.id, label: "laptop", revoked_at: expect.any(String) },
    ]);
  });

  test("that are kept readable cannot be sealed, also those that are taken over, but sealed ones stay it", async () => {
    const kept = await addUser(server.db, { maySeal: false });
    const moved = await addUser(server.db);
    await addUser(server.db, { takenKey: moved.apiKey, maySeal: false });
    await addUser(server.db, { takenKey: moved.apiKey });
    for (const account of [kept, moved]) {
      const device = sealedDevice(server, account);
      expect(await device.found()).toMatchObject({ status: 422, body: { code: "sealing_refused" } });
      expect((await device.ask("GET", "/v1/sealing")).body).toMatchObject({ may_seal: false, generation: 0 });
    }
    const sealed = await addUser(server.db);
    await sealedDevice(server, sealed).found();
    await expect(addUser(server.db, { takenKey: sealed.apiKey, maySeal: false })).rejects.toThrow(
      "The account is sealed already; only its owner can unseal it.",
    );
    const kinds = (await listUsers(server.db)).map((row) => [
      row.user_id,
      row.sealed,
      row.generation,
      row.may_seal,
    ]);
    expect(kinds).toContainEqual([kept.userId, false, 0, false]);
    expect(kinds).toContainEqual([moved.userId, false, 0, false]);
    expect(kinds).toContainEqual([sealed.userId, true, 1, true]);
  });

  test("move to a new server with their id and key, and a second time changes nothing", async () => {
    const { userId, apiKey } = await addUser(server.db);
    const other = await startTestServer(await createTestDatabase());
    for (let time = 0; time < 2; time++) {
      expect(await addUser(other.db, { takenKey: `${apiKey}\n` })).toEqual({ userId, apiKey });
    }
    expect(await listKeys(other.db, userId)).toHaveLength(1);
    expect(await send(other.url, "GET", "/v1/devices", { apiKey })).toMatchObject({ status: 200 });
    await other.close();
  });

  test("are refused in one sentence when they or a key do not exist", async () => {
    const { userId } = await addUser(server.db);
    await expect(addUser(server.db, { takenKey: "msk_nothing" })).rejects.toThrow("not an API key");
    await expect(addKey(server.db, { userId: "nobody", label: null })).rejects.toThrow(
      "no account with that id",
    );
    await expect(addKey(server.db, { userId, label: "" })).rejects.toThrow(
      "The key's label must not be empty.",
    );
    await expect(revokeKey(server.db, { userId, id: userId })).rejects.toThrow("no key with that id");
  });
});
