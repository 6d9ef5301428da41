import { randomUUID } from "node:crypto";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { listApiKeys, revokeApiKey } from "../../../server/db/api-keys.ts";
import { listUsers } from "../../../server/db/users.ts";
import { MAX_PAGE_BYTES, MAX_STANDING_BYTES } from "../../../src/domain/limits.ts";
import { createTestDatabase } from "../../helpers/postgres/postgres.ts";
import { send, startTestServer, type TestServer } from "../../helpers/server/http-server.ts";

/** 60 kB of JSON in 10,000 characters. */
const FAT_NOTE = "\u0001".repeat(10_000);
const QUOTAS = { bytes: 30_000_000, keys: 3, devices: 8 };
const DEVICE = randomUUID();
const START_MS = Date.parse("2026-03-02T20:00:00.000Z");

let server: TestServer;
beforeAll(async () => {
  server = await startTestServer(await createTestDatabase(), { quotas: QUOTAS });
});
afterAll(() => server.close());

const call = (method: string, path: string, options: Parameters<typeof send>[3] = {}) =>
  send(server.url, method, path, options);

const upload = (apiKey: string, changes: object[], deviceId = DEVICE) =>
  call("POST", "/v1/sync/upload", {
    apiKey,
    body: { device_id: deviceId, client_cursor: null, changes },
  });

function mood({ id = randomUUID() as string, note = null as string | null, ms = START_MS } = {}) {
  const at = new Date(ms).toISOString();
  const metadata = { created_at: at, updated_at: at, deleted_at: null };
  const data = { id, value: 3, activities: [], note, recorded_at: at, metadata };
  return { entity_type: "MoodEntry", id, updated_at: at, deleted: false, data };
}

function deletion(id: string, ms: number) {
  const updated_at = new Date(ms).toISOString();
  return { entity_type: "MoodEntry", id, updated_at, deleted: true, data: null };
}

const useOf = async (userId: string) => (await listUsers(server.db)).find((user) => user.user_id === userId)!;

describe("an upload", () => {
  test("is refused before it is stored when its conflicts would repeat too much", async () => {
    const { apiKey, userId } = await server.newAccount();
    const fat = Array.from({ length: 4 }, () => mood({ note: FAT_NOTE }));
    expect((await upload(apiKey, fat)).status).toBe(200);
    const before = await useOf(userId);
    const older = fat.flatMap(({ id }) =>
      Array.from({ length: 100 }, (_, index) => mood({ id, note: String(index), ms: START_MS - 1 - index })),
    );
    expect(await upload(apiKey, older)).toMatchObject({ status: 413, body: { code: "too_large" } });
    expect(await useOf(userId)).toEqual(before);
    const half = await upload(apiKey, older.slice(0, 200));
    expect(half.body.conflicts).toHaveLength(200);
  });

  test("is refused when what stands of it is too much, and goes through in smaller ones", async () => {
    const { apiKey } = await server.newAccount();
    const fat = Array.from({ length: 300 }, () => mood({ note: FAT_NOTE }));
    expect(300 * 60_000).toBeGreaterThan(MAX_STANDING_BYTES);
    for (let at = 0; at < 300; at += 100) {
      expect((await upload(apiKey, fat.slice(at, at + 100))).status).toBe(200);
    }
    const older = fat.map(({ id }) => deletion(id, START_MS - 1));
    expect(await upload(apiKey, older)).toMatchObject({ status: 413, body: { code: "too_large" } });
    expect((await upload(apiKey, older.slice(0, 150))).body.conflicts).toHaveLength(150);
  });

  test("of more than a hundred changes of one entity is refused", async () => {
    const { apiKey } = await server.newAccount();
    const id = randomUUID();
    const changes = Array.from({ length: 101 }, (_, index) => mood({ id, ms: START_MS + index }));
    expect(await upload(apiKey, changes)).toMatchObject({ status: 413, body: { code: "too_large" } });
    expect((await upload(apiKey, changes.slice(1))).body.applied_ids).toEqual([id]);
  });

  test.each([
    ["an object of 600,000 fields", `{${Array.from({ length: 600_000 }, (_, i) => `"k${i}":0`).join(",")}}`],
    ["a list of a million numbers", `[${"0,".repeat(999_999)}0]`],
    [
      "a million small lists",
      `[${'{"a":[0,0,0]},'.repeat(19_000)}${"[0,0],".repeat(999)}[${"[0,0,0,0,0,0,0,0,0,0,0,0,0,0,0,0,0,0,0,0,0,0,0,0,0,0,0,0,0,0],".repeat(19_000)}0]]`,
    ],
  ])("with %s is refused before it is read", async (_name, json) => {
    const { apiKey } = await server.newAccount();
    const raw = `{"device_id":"${DEVICE}","client_cursor":null,"changes":[],"more":${json}}`;
    expect(await call("POST", "/v1/sync/upload", { apiKey, raw })).toMatchObject({
      status: 400,
      body: { code: "malformed" },
    });
  });
});

describe("the history of an entity", () => {
  test("comes in pages of about 4 MiB that hold every version once", async () => {
    const { apiKey } = await server.newAccount();
    const id = randomUUID();
    for (let at = 0; at < 150; at += 50) {
      const changes = Array.from({ length: 50 }, (_, index) =>
        mood({ id, note: FAT_NOTE, ms: START_MS + at + index }),
      );
      expect((await upload(apiKey, changes)).status).toBe(200);
    }
    const times: string[] = [];
    let pages = 0;
    let query = "";
    do {
      const { status, body } = await call("GET", `/v1/history/MoodEntry/${id}${query}`, { apiKey });
      expect(status).toBe(200);
      expect(Buffer.byteLength(JSON.stringify(body))).toBeLessThan(1.2 * MAX_PAGE_BYTES);
      times.push(...body.versions.map(({ updated_at }: { updated_at: string }) => updated_at));
      query = body.next === undefined ? "" : `?after=${encodeURIComponent(body.next)}`;
      pages++;
    } while (query !== "");
    expect(pages).toBe(3);
    expect(times).toEqual(
      Array.from({ length: 150 }, (_, index) => new Date(START_MS + 149 - index).toISOString()),
    );
    expect(await call("GET", `/v1/history/MoodEntry/${id}?after=x`, { apiKey })).toMatchObject({
      status: 400,
      body: { code: "malformed" },
    });
  });
});

describe("a quota", () => {
  test("of bytes refuses what would make an account larger, but not a deletion", async () => {
    const { apiKey, userId } = await server.newAccount();
    let full = await upload(apiKey, [mood()]);
    const kept: string[] = [];
    while (full.status === 200) {
      kept.push(...full.body.applied_ids);
      full = await upload(
        apiKey,
        Array.from({ length: 100 }, () => mood({ note: FAT_NOTE })),
      );
    }
    expect(full).toMatchObject({ status: 507, body: { code: "quota_exceeded" } });
    const { bytes } = await useOf(userId);
    expect(bytes.quota).toBe(QUOTAS.bytes);
    expect(bytes.used).toBeGreaterThan(QUOTAS.bytes - 100 * 61_000);
    expect(bytes.used).toBeLessThanOrEqual(QUOTAS.bytes);
    const [row] = await server.db.run<{ counted: string }>(
      (sql) => sql`select account_bytes(${userId}) as counted`,
    );
    expect(Number(row!.counted)).toBe(bytes.used);
    expect((await upload(apiKey, [deletion(kept[0]!, START_MS + 1)])).body.applied_ids).toEqual([kept[0]]);
    expect(
      (await call("POST", "/v1/sync/download", { apiKey, body: { device_id: DEVICE, since: null } })).status,
    ).toBe(200);
  });

  test("of keys counts those that are valid", async () => {
    const { apiKey } = await server.newAccount();
    const make = () => call("POST", "/v1/auth/api-keys", { apiKey, body: {} });
    const made = [await make(), await make()];
    expect(made.map(({ status }) => status)).toEqual([201, 201]);
    expect(await make()).toMatchObject({ status: 507, body: { code: "quota_exceeded" } });
    await call("DELETE", `/v1/auth/api-keys/${made[0]!.body.id}`, { apiKey });
    expect((await make()).status).toBe(201);
    for (let i = 0; i < 10; i++) {
      const { api_keys: keys } = (await call("GET", "/v1/auth/api-keys", { apiKey })).body;
      const last = keys.findLast((key: { revoked_at: string | null }) => key.revoked_at === null);
      await call("DELETE", `/v1/auth/api-keys/${last.id}`, { apiKey });
      expect((await make()).status).toBe(201);
    }
    expect((await call("GET", "/v1/auth/api-keys", { apiKey })).body.api_keys.length).toBeLessThanOrEqual(7);
  });

  test("of devices refuses another, and lets those that are known go on", async () => {
    const { apiKey } = await server.newAccount();
    for (let i = 0; i < QUOTAS.devices - 1; i++) {
      expect((await upload(apiKey, [], randomUUID())).status).toBe(200);
    }
    expect((await upload(apiKey, [mood()])).status).toBe(200);
    const refused = [
      await upload(apiKey, [mood()], randomUUID()),
      await call("PUT", `/v1/devices/${randomUUID()}`, { apiKey, body: { label: "one more" } }),
      await call("POST", "/v1/sync/download", { apiKey, body: { device_id: randomUUID(), since: null } }),
    ];
    expect(refused.map(({ status, body }) => [status, body.code])).toEqual(
      Array(3).fill([507, "quota_exceeded"]),
    );
    expect((await upload(apiKey, [mood()])).status).toBe(200);
    expect((await call("PUT", `/v1/devices/${DEVICE}`, { apiKey, body: { label: "mine" } })).status).toBe(
      200,
    );
  });
});

/** Sends one byte of a body, and the rest when it is told to. */
function sendSlowly(apiKey: string, path: string, body: object, method = "POST") {
  const text = new TextEncoder().encode(JSON.stringify(body));
  let sendRest = () => {};
  const rest = new Promise<void>((resolve) => {
    sendRest = resolve;
  });
  const stream = new ReadableStream<Uint8Array>({
    async start(controller) {
      controller.enqueue(text.subarray(0, 1));
      await rest;
      controller.enqueue(text.subarray(1));
      controller.close();
    },
  });
  const headers = { authorization: `Bearer ${apiKey}`, "content-type": "application/json" };
  const init = { method, headers, body: stream, duplex: "half" };
  return { answer: fetch(`${server.url}${path}`, init as never), sendRest };
}

describe("a lost key", () => {
  const newKey = async (apiKey: string) =>
    (await call("POST", "/v1/auth/api-keys", { apiKey, body: {} })).body as { id: string; api_key: string };

  test("falls with all that was made with it, and cannot revoke what it was made with", async () => {
    const { apiKey: own } = await server.newAccount();
    const lost = await newKey(own);
    const made = await newKey(lost.api_key);
    const { api_keys: keys } = (await call("GET", "/v1/auth/api-keys", { apiKey: own })).body;
    const [ownId] = keys.map(({ id }: { id: string }) => id);
    expect(keys.map((key: { made_by: string | null }) => key.made_by)).toEqual([null, ownId, lost.id]);
    const revoking = await call("DELETE", `/v1/auth/api-keys/${ownId}`, { apiKey: made.api_key });
    expect(revoking).toMatchObject({ status: 403, body: { code: "forbidden" } });
    expect((await call("DELETE", `/v1/auth/api-keys/${lost.id}`, { apiKey: own })).status).toBe(204);
    const answers = [lost.api_key, made.api_key, own].map((apiKey) => call("GET", "/v1/devices", { apiKey }));
    expect((await Promise.all(answers)).map(({ status }) => status)).toEqual([401, 401, 200]);
  });

  test("stores nothing with a request that was on its way when it was revoked", async () => {
    const { apiKey: lost, userId } = await server.newAccount();
    const [first] = await listApiKeys(server.db, userId);
    const [uploading, making] = [await newKey(lost), await newKey(lost)];
    const before = await useOf(userId);
    const slow = [
      sendSlowly(uploading.api_key, "/v1/sync/upload", {
        device_id: DEVICE,
        client_cursor: null,
        changes: [mood()],
      }),
      sendSlowly(making.api_key, "/v1/auth/api-keys", { label: "another" }),
      sendSlowly(lost, `/v1/devices/${randomUUID()}`, { label: "another" }, "PUT"),
    ];
    // A key is noted as used when the headers of its first request were read.
    const used = async () =>
      (await listApiKeys(server.db, userId)).filter((key) => key.last_used_at !== null);
    await expect.poll(async () => (await used()).length).toBe(3);
    await revokeApiKey(server.db, { userId, id: first!.id, by: null });
    for (const { sendRest } of slow) sendRest();
    const statuses = await Promise.all(slow.map(async ({ answer }) => (await answer).status));
    expect(statuses).toEqual([401, 401, 401]);
    expect(await useOf(userId)).toMatchObject({
      bytes: before.bytes,
      devices: before.devices,
      keys: { used: 0 },
    });
  });

  test("is told nothing once it was revoked, although it has worked a moment before", async () => {
    const { apiKey, userId } = await server.newAccount();
    const known = mood();
    const uploaded = async (change: object) => {
      const body = { device_id: DEVICE, client_cursor: null, changes: [change] };
      return (await call("POST", "/v1/sync/upload", { apiKey, body })).status;
    };
    expect([await uploaded(known), await uploaded(known)]).toEqual([200, 200]);
    const before = await useOf(userId);
    const [key] = await listApiKeys(server.db, userId);
    await revokeApiKey(server.db, { userId, id: key!.id, by: null });
    expect([await uploaded(known), await uploaded(mood())]).toEqual([401, 401]);
    expect((await useOf(userId)).bytes).toEqual(before.bytes);
  });

  test("reads nothing with a request whose body was on its way when it was revoked", async () => {
    const { apiKey: own, userId } = await server.newAccount();
    const question = { device_id: DEVICE, since: null };
    // The device is known from now on, so the key is no longer looked at for its sake.
    expect((await call("POST", "/v1/sync/download", { apiKey: own, body: question })).status).toBe(200);
    const lost = await newKey(own);
    const { answer, sendRest } = sendSlowly(lost.api_key, "/v1/sync/download", question);
    const lastUse = async () =>
      (await listApiKeys(server.db, userId)).find(({ id }) => id === lost.id)!.last_used_at;
    await expect.poll(lastUse).not.toBeNull();
    await revokeApiKey(server.db, { userId, id: lost.id, by: null });
    sendRest();
    expect((await answer).status).toBe(401);
  });
});
