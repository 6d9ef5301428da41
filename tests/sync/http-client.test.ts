import { createServer, type IncomingMessage, type ServerResponse } from "node:http";
import type { AddressInfo } from "node:net";
import { setFlagsFromString } from "node:v8";
import { runInNewContext } from "node:vm";
import { afterEach, expect, test } from "vitest";
import { createHttpClient, type HttpClient } from "../../src/sync/http-client.ts";
import { createHttpTransport } from "../../src/sync/http-transport.ts";

const KEY = "marker-key-0123456789";
const closers: (() => Promise<unknown>)[] = [];

afterEach(async () => {
  for (const close of closers.splice(0)) await close();
});

/** A server of the test's own, and a client for it. */
async function serve(
  respond: (request: IncomingMessage, response: ServerResponse) => void,
  deadlineMs = 5_000,
) {
  let requests = 0;
  const server = createServer((request, response) => {
    requests++;
    respond(request, response);
  });
  await new Promise<void>((done) => server.listen(0, "127.0.0.1", done));
  closers.push(() => new Promise((done) => server.close(done).closeAllConnections()));
  const endpointUrl = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  const client = openClient(endpointUrl, deadlineMs);
  const download = () => createHttpTransport(client).download({ device_id: "d", since: null });
  return { download, requests: () => requests };
}

function openClient(endpointUrl: string, deadlineMs: number): HttpClient {
  const client = createHttpClient({
    endpointUrl,
    apiKey: KEY,
    deadlineMs,
    backoffMs: [1, 1],
    random: () => 0.5,
  });
  closers.push(() => client.close());
  return client;
}

function json(response: ServerResponse, status: number, body: unknown, headers = {}) {
  response.writeHead(status, { "content-type": "application/json", ...headers }).end(JSON.stringify(body));
}

const EMPTY_PAGE = { server_cursor: "c", changes: [], has_more: false };

test("an answer comes back checked, with the key sent as a bearer token", async () => {
  const { download } = await serve((request, response) => {
    json(response, request.headers.authorization === `Bearer ${KEY}` ? 200 : 401, EMPTY_PAGE);
  });
  expect(await download()).toEqual({ status: "ok", response: EMPTY_PAGE });
});

test.each([429, 502, 503, 504])(
  "%i is asked again, and told as not reachable when it stays",
  async (status) => {
    const { download, requests } = await serve((_request, response) => json(response, status, {}));
    await expect(download()).rejects.toMatchObject({ code: "unreachable" });
    expect(requests()).toBe(3);
  },
);

test("a server that comes back is answered by the same call", async () => {
  let tries = 0;
  const { download } = await serve((_request, response) =>
    json(response, ++tries < 3 ? 503 : 200, EMPTY_PAGE),
  );
  expect((await download()).status).toBe("ok");
});

test("Retry-After is waited for", async () => {
  const times: number[] = [];
  const { download } = await serve((_request, response) => {
    times.push(performance.now());
    json(response, times.length < 2 ? 503 : 200, EMPTY_PAGE, { "retry-after": "1" });
  });
  await download();
  expect(times[1]! - times[0]!).toBeGreaterThan(990);
});

test.each([
  [
    "HTML with 200",
    (r: ServerResponse) => r.writeHead(200, { "content-type": "text/html" }).end("<p>hi"),
    "not a moodsync server",
  ],
  ["JSON of another shape", (r: ServerResponse) => json(r, 200, { hello: 1 }), "not a moodsync server"],
  [
    "wrong types",
    (r: ServerResponse) => json(r, 200, { server_cursor: 1, changes: {} }),
    "not a moodsync server",
  ],
  [
    "a body that is no JSON",
    (r: ServerResponse) => r.writeHead(200, { "content-type": "application/json" }).end("{"),
    "not a moodsync server",
  ],
  ["404 of another program", (r: ServerResponse) => r.writeHead(404).end(), "not a moodsync server"],
  [
    "a redirect",
    (r: ServerResponse) => r.writeHead(308, { location: "http://127.0.0.1:1/" }).end(),
    "not a moodsync server",
  ],
  ["401", (r: ServerResponse) => json(r, 401, { code: "unauthorized" }), "does not accept this API key"],
  ["400", (r: ServerResponse) => json(r, 400, { code: "malformed" }), "could not read"],
  ["500 of a proxy in plain text", (r: ServerResponse) => r.writeHead(500).end("no"), "server failed"],
  ["500", (r: ServerResponse) => json(r, 500, { code: "internal" }), "server failed"],
])("%s is one clear sentence, and asked only once", async (_name, respond, sentence) => {
  const { download, requests } = await serve((_request, response) => respond(response));
  const error = await download().catch((thrown) => thrown);
  expect(error.message).toContain(sentence);
  expect(JSON.stringify(error) + error.message + error.hint).not.toContain(KEY);
  expect(requests()).toBe(1);
});

test("409 and 413 are answers that the cycle goes on with", async () => {
  const resync = await serve((_request, response) =>
    json(response, 409, { code: "resync_required", reason: "cursor_expired" }),
  );
  expect(await resync.download()).toEqual({ status: "resync_required", reason: "cursor_expired" });
  const large = await serve((_request, response) => json(response, 413, { code: "too_large" }));
  expect(await large.download()).toEqual({ status: "too_large" });
});

test("a server that never answers ends at the deadline", async () => {
  const { download } = await serve(() => {}, 50);
  await expect(download()).rejects.toMatchObject({
    code: "unreachable",
    message: "The server did not answer in time.",
  });
});

test("the deadline holds although garbage is collected meanwhile", async () => {
  setFlagsFromString("--expose-gc");
  const collectGarbage: () => void = runInNewContext("gc");
  const { download } = await serve((_request, response) => {
    response.writeHead(200, { "content-type": "application/json" });
    setTimeout(collectGarbage, 50);
  }, 200);
  await expect(download()).rejects.toMatchObject({ message: "The server did not answer in time." });
});

test("a body that trickles ends at the deadline", async () => {
  const { download } = await serve((_request, response) => {
    response.writeHead(200, { "content-type": "application/json" });
    const timer = setInterval(() => response.write(" "), 10);
    response.on("close", () => clearInterval(timer));
  }, 100);
  await expect(download()).rejects.toMatchObject({ code: "unreachable" });
});

test("a connection that is cut in the middle of the answer is told as such", async () => {
  const { download } = await serve((_request, response) => {
    response.writeHead(200, { "content-type": "application/json", "content-length": "1000" });
    response.write('{"server_cursor":');
    setTimeout(() => response.destroy(), 5);
  });
  await expect(download()).rejects.toMatchObject({ code: "unreachable" });
});

test("an answer without end is stopped", async () => {
  const chunk = " ".repeat(1024 * 1024);
  const { download } = await serve((_request, response) => {
    response.writeHead(200, { "content-type": "application/json" });
    const more = () => {
      while (!response.destroyed && response.write(chunk));
    };
    response.on("drain", more);
    more();
  }, 20_000);
  await expect(download()).rejects.toMatchObject({
    code: "failure",
    message: expect.stringContaining("too large"),
  });
});

test("a server that is not running is told as such", async () => {
  const client = openClient("http://127.0.0.1:1", 1_000);
  await expect(client.send({ method: "GET", path: "/v1/devices" })).rejects.toMatchObject({
    code: "unreachable",
    message: "The server is not running, or not at this address.",
  });
});
