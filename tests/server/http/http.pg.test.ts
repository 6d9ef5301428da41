import { randomUUID } from "node:crypto";
import { once } from "node:events";
import { connect as connectSocket } from "node:net";
import { gzipSync } from "node:zlib";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { MAX_BODY_BYTES } from "../../../src/domain/limits.ts";
import { createTestDatabase } from "../../helpers/postgres/postgres.ts";
import { send, startTestServer, type TestServer } from "../../helpers/server/http-server.ts";
import { moodChange } from "../../helpers/sync/sync-server.ts";

const MARKER = "PRIVATE-MARKER-5c1f";
const DEVICE = randomUUID();

let server: TestServer;
let account: { userId: string; apiKey: string };
beforeAll(async () => {
  server = await startTestServer(await createTestDatabase());
  account = await server.newAccount();
});
afterAll(() => server.close());

const call = (method: string, path: string, options: Parameters<typeof send>[3] = {}) =>
  send(server.url, method, path, { apiKey: account.apiKey, ...options });
const upload = (changes: unknown[], more: object = {}) =>
  call("POST", "/v1/sync/upload", { body: { device_id: DEVICE, client_cursor: null, changes, ...more } });
const download = (more: object = {}) =>
  call("POST", "/v1/sync/download", { body: { device_id: DEVICE, since: null, ...more } });

describe("the server", () => {
  test("says that it serves and that its database does, without a key", async () => {
    expect(await send(server.url, "GET", "/health")).toMatchObject({ status: 200, body: { status: "ok" } });
    expect(await send(server.url, "GET", "/ready")).toMatchObject({ status: 200, body: { status: "ready" } });
  });

  test("stores an upload and gives it to another device, compressed as well", async () => {
    const change = moodChange({ note: MARKER });
    const raw = gzipSync(JSON.stringify({ device_id: DEVICE, client_cursor: null, changes: [change] }));
    const stored = await call("POST", "/v1/sync/upload", { raw, headers: { "content-encoding": "gzip" } });
    expect(stored).toMatchObject({ status: 200, body: { applied_ids: [change.id], conflicts: [] } });
    expect(Math.abs(stored.body.server_time - Date.now())).toBeLessThan(60_000);
    const { body } = await download();
    expect(body.changes).toContainEqual(change);
    expect(body).toMatchObject({ has_more: false, deletions_ahead: 0 });
  });

  test("sums up what it holds", async () => {
    const other = await server.newAccount();
    const change = moodChange();
    await call("POST", "/v1/sync/upload", {
      apiKey: other.apiKey,
      body: { device_id: DEVICE, client_cursor: null, changes: [change] },
    });
    const { body } = await call("GET", "/v1/sync/digest", { apiKey: other.apiKey });
    expect(body.entity_types.MoodEntry).toMatchObject({ count: 1, tombstones: 0 });
    expect(body.entity_types.MoodEntry.checksum).not.toBe("0".repeat(16));
    expect(body.entity_types.Activity).toEqual({ count: 0, checksum: "0".repeat(16), tombstones: 0 });
  });

  test("lists every version of an entity, newest first, with what became of it", async () => {
    const id = randomUUID();
    const now = Date.now() - 60_000;
    const first = moodChange({ id, note: "first", updatedAtMs: now });
    const second = moodChange({ id, note: "second", updatedAtMs: now + 2 });
    const lost = moodChange({ id, note: "lost", updatedAtMs: now + 1 });
    await upload([first, second, lost]);
    const { status, body } = await call("GET", `/v1/history/MoodEntry/${id}`);
    expect(status).toBe(200);
    expect(body.versions.map((v: { outcome: string }) => v.outcome)).toEqual(["current", "lost", "replaced"]);
    expect(body.versions.map((v: { data: object }) => v.data)).toEqual([second.data, lost.data, first.data]);
    expect(body.versions[0]).toMatchObject({
      entity_type: "MoodEntry",
      id,
      deleted: false,
      device_id: DEVICE,
    });
    const stranger = await server.newAccount();
    expect(await call("GET", `/v1/history/MoodEntry/${id}`, { apiKey: stranger.apiKey })).toMatchObject({
      status: 404,
    });
  });

  test("makes, lists and revokes keys, and shows a key only once", async () => {
    const { userId, apiKey } = await server.newAccount();
    const made = await call("POST", "/v1/auth/api-keys", { apiKey, body: { label: "laptop" } });
    expect(made).toMatchObject({ status: 201, body: { label: "laptop" } });
    expect(made.body.api_key).toContain(userId.replaceAll("-", ""));
    const listed = await call("GET", "/v1/auth/api-keys", { apiKey: made.body.api_key });
    expect(listed.body.api_keys).toMatchObject([
      { label: null, revoked_at: null, is_current: false },
      { id: made.body.id, label: "laptop", revoked_at: null, is_current: true },
    ]);
    expect(JSON.stringify(listed.body)).not.toContain(made.body.api_key.slice(38, 60));

    const path = `/v1/auth/api-keys/${made.body.id}`;
    expect(await call("DELETE", path)).toMatchObject({ status: 404 });
    expect(await call("DELETE", path, { apiKey })).toMatchObject({ status: 204 });
    expect(await call("GET", "/v1/devices", { apiKey: made.body.api_key })).toMatchObject({
      status: 401,
      body: { code: "unauthorized" },
    });
  });

  test("registers and labels devices of the account", async () => {
    const { apiKey } = await server.newAccount();
    const id = randomUUID();
    const put = await call("PUT", `/v1/devices/${id}`, { apiKey, body: { label: "phone" } });
    expect(put).toMatchObject({ status: 200, body: { id, label: "phone" } });
    await call("POST", "/v1/sync/download", { apiKey, body: { device_id: DEVICE, since: null } });
    const { body } = await call("GET", "/v1/devices", { apiKey });
    expect(body.devices).toMatchObject([
      { id, label: "phone" },
      { id: DEVICE, label: null },
    ]);
    expect((await call("GET", "/v1/devices")).body.devices).not.toContainEqual(
      expect.objectContaining({ id }),
    );
  });
});

describe("bad input", () => {
  const deep = (levels: number) => `${"[".repeat(levels)}${"]".repeat(levels)}`;
  const padded = (bytes: number) => {
    const body = JSON.stringify({ device_id: DEVICE, client_cursor: null, changes: [], pad: "" });
    return body.replace('"pad":""', `"pad":"${"x".repeat(bytes - body.length)}"`);
  };
  const envelope = (more: object) => ({ device_id: DEVICE, client_cursor: null, changes: [], ...more });
  const changed = (more: object) => envelope({ changes: [{ ...moodChange({ note: MARKER }), ...more }] });

  test.each<[string, object]>([
    ["no JSON", { raw: `{"note":"${MARKER}"` }],
    ["nothing", { raw: "" }],
    ["no UTF-8", { raw: new Uint8Array([0x22, 0xff, 0x22]) }],
    ["a list", { body: [] }],
    ["null", { body: null }],
    ["33 levels", { raw: deep(33) }],
    ["five million levels", { raw: deep(3_000_000) }],
    ["no device", { body: { client_cursor: null, changes: [] } }],
    ["a device of another form", { body: envelope({ device_id: MARKER }) }],
    ["a device in capitals", { body: envelope({ device_id: DEVICE.toUpperCase() }) }],
    ["changes that are no list", { body: envelope({ changes: MARKER }) }],
    ["a cursor that is no text", { body: envelope({ client_cursor: 5 }) }],
    ["an id of another form", { body: changed({ id: MARKER }) }],
    ["a time of another form", { body: changed({ updated_at: "now" }) }],
    ["a day that does not exist", { body: changed({ updated_at: "2026-02-30T00:00:00Z" }) }],
    ["deleted as a word", { body: changed({ deleted: "yes" }) }],
    ["an entity type that is no text", { body: changed({ entity_type: 7 }) }],
    ["more changes than allowed", { body: envelope({ changes: Array(10_001).fill(1) }) }],
    ["bytes that are no gzip", { raw: "plain", headers: { "content-encoding": "gzip" } }],
  ])("an upload with %s is malformed", async (_, request) => {
    const answer = await call("POST", "/v1/sync/upload", request);
    expect(answer).toMatchObject({
      status: 400,
      body: { code: "malformed", status: 400, title: "Bad Request" },
    });
    expect(answer.headers.get("content-type")).toBe("application/problem+json");
    expect(JSON.stringify(answer.body)).not.toContain(MARKER);
  });

  test.each<[string, string, object, string]>([
    ["upload", "changes", { changes: Array(10_001).fill(changed({})) }, "must have at most 10000 entries."],
    ["upload", "client_cursor", { client_cursor: "c".repeat(257) }, "must have at most 256 characters."],
    ["download", "limit", { since: null, limit: 5_001 }, "must be at most 5000."],
    ["download", "limit", { since: null, limit: 0 }, "must be at least 1."],
  ])("an %s with %s out of bounds is told the bound", async (route, field, more, rule) => {
    const answer = await call("POST", `/v1/sync/${route}`, { body: envelope(more) });
    expect(answer).toMatchObject({ status: 400, body: { detail: `${field} ${rule}` } });
  });

  test.each<[string, object, string]>([
    ["an id that differs", { data: { ...(moodChange().data as object), id: randomUUID() } }, "data.id must"],
    ["a time that differs", { updated_at: "2020-01-01T00:00:00Z" }, "data.metadata.updated_at must"],
    ["no data", { data: null }, "data must be an object"],
    ["a note with NUL", { data: { note: `${MARKER}\u0000` } }, "note must"],
    ["half a character", { data: { note: `${MARKER}\ud800` } }, "note must"],
    ["too long a note", { data: { note: "x".repeat(10_001) } }, "note must"],
    ["a value of 6", { data: { value: 6 } }, "value must"],
    ["a value of 3.5", { data: { value: 3.5 } }, "value must"],
    ["a time without an offset", { data: { recorded_at: "2026-01-01 10:00" } }, "recorded_at must"],
    ["an activity twice", { data: { activities: [DEVICE, DEVICE] } }, "activities must"],
    ["an unknown field with NUL", { data: { weather: "\u0000" } }, "unknown fields must"],
    ["an unknown field nested deeply", { data: { weather: JSON.parse(deep(12)) } }, "unknown fields must"],
  ])("a change with %s is rejected alone, without its value", async (_, more: { data?: unknown }, detail) => {
    const change = moodChange({ note: MARKER });
    const data = more.data && { ...(change.data as object), ...(more.data as object) };
    const wrong = { ...change, ...more, ...(more.data === undefined ? {} : { data }) };
    const good = moodChange();
    const { status, body } = await upload([wrong, good]);
    expect(status).toBe(200);
    expect(body.applied_ids).toEqual([good.id]);
    expect(body.conflicts).toMatchObject([{ reason: "invalid", detail: expect.stringContaining(detail) }]);
    expect(JSON.stringify(body)).not.toContain(MARKER);
  });

  test("takes a body of 8 MiB and refuses one of a byte more, compressed or not", async () => {
    const exact = padded(MAX_BODY_BYTES);
    const over = padded(MAX_BODY_BYTES + 1);
    const gzip = { headers: { "content-encoding": "gzip" } };
    expect(await call("POST", "/v1/sync/upload", { raw: exact })).toMatchObject({ status: 200 });
    expect(await call("POST", "/v1/sync/upload", { raw: gzipSync(exact), ...gzip })).toMatchObject({
      status: 200,
    });
    const refused = { status: 413, body: { code: "too_large" } };
    expect(await call("POST", "/v1/sync/upload", { raw: over })).toMatchObject(refused);
    expect(await call("POST", "/v1/sync/upload", { raw: gzipSync(over), ...gzip })).toMatchObject(refused);
    const bomb = gzipSync(Buffer.alloc(200 * 1024 * 1024));
    expect(await call("POST", "/v1/sync/upload", { raw: bomb, ...gzip })).toMatchObject(refused);
  });

  test.each([
    ["no content type", { "content-type": "" }],
    ["text", { "content-type": "text/plain" }],
    ["another character set", { "content-type": "application/json; charset=utf-16" }],
    ["another encoding", { "content-encoding": "br" }],
  ])("refuses a body of %s", async (_, headers) => {
    const answer = await call("POST", "/v1/sync/download", { raw: "{}", headers });
    expect(answer).toMatchObject({ status: 415, body: { code: "unsupported_media_type" } });
  });

  test.each([
    ["no key", undefined],
    ["another word", "Basic abc"],
    ["no form of a key", `Bearer ${MARKER}`],
    ["a wrong checksum", `Bearer msk_${"0".repeat(32)}_${"0".repeat(64)}_00000000`],
  ])("refuses %s with 401", async (_, authorization) => {
    const headers = authorization === undefined ? {} : { authorization };
    const answer = await send(server.url, "GET", "/v1/devices", { headers });
    expect(answer).toMatchObject({ status: 401, body: { code: "unauthorized" } });
    expect(answer.headers.get("www-authenticate")).toBe("Bearer");
  });

  test("refuses the key of an account with another account's name in it", async () => {
    const other = await server.newAccount();
    const { formatApiKey, parseApiKey } = await import("../../../src/domain/protocol/api-key.ts");
    const forged = formatApiKey({ ...parseApiKey(account.apiKey)!, userId: other.userId });
    expect(await call("GET", "/v1/devices", { apiKey: forged })).toMatchObject({ status: 401 });
  });

  test.each([
    ["GET", "/v1/nothing", 404, "not_found"],
    ["GET", "/v1/history/MoodEntry/PRIVATE", 404, "not_found"],
    ["GET", `/v1/history/Nothing/${DEVICE}`, 404, "not_found"],
    ["GET", `/v1/history/MoodEntry/${DEVICE}`, 404, "not_found"],
    ["DELETE", "/v1/auth/api-keys/x", 404, "not_found"],
    ["PUT", "/v1/devices/x", 400, "malformed"],
    ["GET", "/v1/sync/upload", 405, "method_not_allowed"],
  ])("answers %s %s with %i", async (method, path, status, code) => {
    const answer = await call(method, path, method === "PUT" ? { body: { label: "x" } } : {});
    expect(answer).toMatchObject({ status, body: { code } });
    if (status === 405) expect(answer.headers.get("allow")).toBe("POST");
  });

  test("asks a device with a foreign cursor to start over", async () => {
    const answer = await download({ since: "Zm9yZWlnbg" });
    expect(answer).toMatchObject({
      status: 409,
      body: { code: "resync_required", reason: "unknown_cursor" },
    });
  });

  test("refuses headers that are too large and what is no HTTP", async () => {
    const long = await send(server.url, "GET", "/health", { headers: { "x-long": "x".repeat(20_000) } });
    expect(long).toMatchObject({ status: 431, body: { code: "headers_too_large" } });
    const socket = connectSocket(Number(new URL(server.url).port), "127.0.0.1");
    socket.write(`${MARKER}\r\n\r\n`);
    const [answer] = await once(socket, "data");
    expect(String(answer)).toMatch(/^HTTP\/1\.1 400 /);
  });

  test("logs no note, no key and no id of an entity", async () => {
    const change = moodChange({ note: MARKER });
    await upload([change]);
    await call("GET", `/v1/history/MoodEntry/${change.id}?note=${MARKER}`);
    const log = server.logText();
    expect(log).toContain('"route":"/v1/history/{entity_type}/{id}"');
    for (const secret of [MARKER, account.apiKey, change.id, "msk_"]) expect(log).not.toContain(secret);
  });
});

describe("limits", () => {
  test("stops an address that fails too often, but not the keys that worked lately", async () => {
    const strict = await startTestServer(await createTestDatabase(), {
      limits: { failuresPerMinute: 3, requestsPerMinute: 5 },
    });
    const { apiKey } = await strict.newAccount();
    const fresh = await strict.newAccount();
    const devices = (key?: string) => send(strict.url, "GET", "/v1/devices", key ? { apiKey: key } : {});
    expect((await devices(apiKey)).status).toBe(200);
    for (let i = 0; i < 3; i++) expect((await devices()).status).toBe(401);
    const stopped = await devices(fresh.apiKey);
    expect(stopped).toMatchObject({ status: 429, body: { code: "rate_limited" } });
    expect(Number(stopped.headers.get("retry-after"))).toBeGreaterThan(0);
    for (let i = 0; i < 4; i++) expect((await devices(apiKey)).status).toBe(200);
    expect((await devices(apiKey)).status).toBe(429);
    await strict.close();
  });
});
