import { once } from "node:events";
import { connect, type Socket } from "node:net";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { MAX_UNDER_WAY } from "../../../server/accounts/account-limits.ts";
import { createTestDatabase } from "../../helpers/postgres/postgres.ts";
import { send, startTestServer, type TestServer } from "../../helpers/server/http-server.ts";

const MiB = 1024 * 1024;
/** On a busy machine, too. */
const PATIENT = { timeout: 30_000 };

let server: TestServer;
let account: { userId: string; apiKey: string };
const sockets: Socket[] = [];
beforeAll(async () => {
  server = await startTestServer(await createTestDatabase());
  account = await server.newAccount();
});
afterAll(() => server.close());

/** Begins an upload of the account and sends so much of its body; the socket is left open. */
async function beginUpload(apiKey: string, { length, sent = 0 }: { length: number; sent?: number }) {
  const socket = connect(Number(new URL(server.url).port), "127.0.0.1");
  sockets.push(socket);
  socket.on("error", () => {});
  socket.write(
    `POST /v1/sync/upload HTTP/1.1\r\nHost: x\r\nAuthorization: Bearer ${apiKey}\r\n` +
      `Content-Type: application/json\r\nContent-Length: ${length}\r\n\r\n${" ".repeat(sent)}`,
  );
  return socket;
}

async function endAll(): Promise<void> {
  const open = sockets.splice(0).filter((socket) => !socket.destroyed);
  for (const socket of open) socket.destroy();
  // Until the server has seen it.
  await expect.poll(() => devices(account.apiKey), PATIENT).toBe(200);
}

const devices = async (apiKey: string) => (await send(server.url, "GET", "/v1/devices", { apiKey })).status;

/** A question takes a place as well: an upload that came beside one may have been refused and is begun again. */
async function askOrFill(apiKey: string) {
  const status = await devices(apiKey);
  if (status === 200) await beginUpload(apiKey, { length: 10 });
  return status;
}

describe("an account with unfinished bodies", () => {
  test("is answered 503 beyond its bytes, and no other account is", async () => {
    const other = await server.newAccount();
    const answers: string[] = [];
    for (let i = 0; i < 10; i++) {
      const socket = await beginUpload(account.apiKey, { length: 8 * MiB, sent: 1_000 });
      socket.on("data", (answer) => answers.push(String(answer)));
    }
    await expect.poll(() => answers.length, PATIENT).toBe(2);
    for (const answer of answers) expect(answer).toMatch(/^HTTP\/1.1 503 .*retry-after: \d+/is);
    expect(await devices(other.apiKey)).toBe(200);
    await endAll();
  });

  test("is answered 429 beyond its requests, and no other account is", async () => {
    const other = await server.newAccount();
    for (let i = 0; i < MAX_UNDER_WAY; i++) await beginUpload(account.apiKey, { length: 10 });
    await expect.poll(() => askOrFill(account.apiKey), PATIENT).toBe(429);
    const answer = await send(server.url, "GET", "/v1/devices", { apiKey: account.apiKey });
    expect(answer).toMatchObject({ status: 429, body: { code: "rate_limited" } });
    expect(Number(answer.headers.get("retry-after"))).toBeGreaterThan(0);
    expect(await devices(other.apiKey)).toBe(200);
    await endAll();
  });
});

describe("a request that is refused before its body", () => {
  test.each([
    ["without a key", undefined, 100, 401],
    ["with a body that is announced as too large", "account", 9 * MiB, 413],
  ])("%s is answered at once", async (_, who, length, status) => {
    const socket = await beginUpload(who ? account.apiKey : "none", { length });
    const [answer] = await once(socket, "data");
    expect(String(answer)).toMatch(new RegExp(`^HTTP/1\\.1 ${status} .*connection: close`, "is"));
    socket.destroy();
  });
});

describe("requests without a key", () => {
  test("do not ask the database each time whether it is ready", async () => {
    const asked: Promise<{ status: number }>[] = [];
    for (let i = 0; i < 50; i++) asked.push(send(server.url, "GET", "/ready"));
    const answers = await Promise.all(asked);
    expect(answers.map(({ status }) => status)).toEqual(Array(50).fill(200));
  });

  test("are limited by address, keys are not", async () => {
    const now = Date.now();
    const database = await createTestDatabase();
    const limited = await startTestServer(database, { withoutKeyPerMinute: 20, nowMs: () => now });
    const { apiKey } = await limited.newAccount();
    const ask = async (path: string) => (await send(limited.url, "GET", path)).status;
    for (let i = 0; i < 20; i++)
      expect(await ask(["/health", "/ready", "/nothing"][i % 3]!)).toBeLessThan(429);
    for (const path of ["/health", "/openapi.json", "/nothing"]) expect(await ask(path)).toBe(429);
    const refused = await send(limited.url, "GET", "/health");
    expect(refused.headers.get("connection")).toBe("close");
    expect((await send(limited.url, "GET", "/v1/devices", { apiKey })).status).toBe(200);
    await limited.close();
  });
});

test("a request without a host, or with more headers than are read, is told so", async () => {
  const ask = async (headers: string) => {
    const socket = connect(Number(new URL(server.url).port), "127.0.0.1");
    socket.write(`GET /v1/devices HTTP/1.1\r\n${headers}\r\n\r\n`);
    const [answer] = await once(socket, "data");
    socket.destroy();
    return String(answer);
  };
  const authorization = `Authorization: Bearer ${account.apiKey}`;
  expect(await ask(authorization)).toMatch(/^HTTP\/1\.1 400 .*"code":"malformed".*"request_id"/s);
  const many = Array.from({ length: 200 }, (_, index) => `x-${index}: 1`).join("\r\n");
  expect(await ask(`Host: x\r\n${many}\r\n${authorization}`)).toMatch(
    /^HTTP\/1\.1 431 .*"code":"headers_too_large"/s,
  );
});
