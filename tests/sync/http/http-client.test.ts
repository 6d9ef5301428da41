import { randomBytes } from "node:crypto";
import { once } from "node:events";
import { createServer, type IncomingMessage, type ServerResponse } from "node:http";
import type { AddressInfo } from "node:net";
import { setFlagsFromString } from "node:v8";
import { runInNewContext } from "node:vm";
import { Worker } from "node:worker_threads";
import { gunzipSync } from "node:zlib";
import { afterEach, expect, test } from "vitest";
import { whileWaiting } from "../../../src/sync/exchange/transport.ts";
import { createHttpClient, type HttpClient } from "../../../src/sync/http/http-client.ts";
import { createHttpTransport } from "../../../src/sync/http/http-transport.ts";
import { problemOf } from "../../helpers/server/problem.ts";
import { moodChange } from "../../helpers/sync/sync-server.ts";

const KEY = "marker-key-0123456789";
const closers: (() => unknown)[] = [];

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
  return { client, download, requests: () => requests };
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

test.each<[string, (response: ServerResponse) => unknown]>([
  ["HTML with 200", (r) => r.writeHead(200, { "content-type": "text/html" }).end("<p>hi")],
  ["JSON of another shape", (r) => json(r, 200, { hello: 1 })],
  ["wrong types", (r) => json(r, 200, { server_cursor: 1, changes: {} })],
  ["JSON that was cut", (r) => r.writeHead(200, { "content-type": "application/json" }).end("{")],
  ["an empty body", (r) => r.writeHead(200).end()],
  ["204", (r) => r.writeHead(204).end()],
  ["a page of 403", (r) => r.writeHead(403, { "content-type": "text/html" }).end("<h1>Access denied")],
  ["a page of 401", (r) => r.writeHead(401, { "www-authenticate": "Basic" }).end("no")],
  ["401 in JSON of another program", (r) => json(r, 401, { code: "unauthorized", message: "no" })],
  ["a problem of another status", (r) => json(r, 403, { ...problemOf("unauthorized") })],
  [
    "a problem whose code is of another status",
    (r) => json(r, 403, { ...problemOf("unauthorized"), status: 403 }),
  ],
  ["404 of another program", (r) => r.writeHead(404).end()],
  ["a redirect", (r) => r.writeHead(302, { location: "http://127.0.0.1:1/" }).end()],
  ["409 of another program", (r) => json(r, 409, { error: "conflict" })],
  ["400 of another program", (r) => r.writeHead(400, { "content-type": "text/html" }).end("bad")],
  ["407", (r) => r.writeHead(407).end()],
  ["500 in plain text", (r) => r.writeHead(500).end("no")],
  ["511", (r) => r.writeHead(511).end()],
])("%s is not the server's word, and so no more than unreachable", async (_name, respond) => {
  const { download, requests } = await serve((_request, response) => respond(response));
  const error = await download().catch((thrown) => thrown);
  expect(error).toMatchObject({ code: "unreachable", hint: expect.any(String) });
  expect(error.message + error.hint).not.toContain(KEY);
  expect(requests()).toBe(1);
});

test.each([
  ["unauthorized", "unauthorized", "does not accept this API key"],
  ["malformed", "failure", "could not read"],
  ["internal", "failure", "server failed"],
  ["not_found", "failure", "not at the path of this URL"],
] as const)("%s of the server is one clear sentence, and asked only once", async (code, thrown, sentence) => {
  const { download, requests } = await serve((_request, response) =>
    json(response, problemOf(code).status, problemOf(code)),
  );
  await expect(download()).rejects.toMatchObject({
    code: thrown,
    message: expect.stringContaining(sentence),
  });
  expect(requests()).toBe(1);
});

test("a code of a later server is no fault of the line", async () => {
  const { download } = await serve((_request, response) =>
    json(response, 422, { ...problemOf("malformed"), status: 422, code: "something_new" }),
  );
  await expect(download()).rejects.toMatchObject({ code: "failure" });
});

test("409 and 413 are answers that the cycle goes on with", async () => {
  const resync = await serve((_request, response) =>
    json(response, 409, problemOf("resync_required", { reason: "cursor_expired" })),
  );
  expect(await resync.download()).toEqual({ status: "resync_required", reason: "cursor_expired" });
  const large = await serve((_request, response) => json(response, 413, problemOf("too_large")));
  expect(await large.download()).toEqual({ status: "too_large" });
  const proxy = await serve((_request, response) => response.writeHead(413).end("<html>"));
  expect(await proxy.download()).toMatchObject({
    status: "stopped_on_the_way",
    error: { code: "unreachable" },
  });
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

test("an answer may take longer than the deadline as long as it moves", async () => {
  const startedAtMs = performance.now();
  const { download } = await serve((_request, response) => {
    response.writeHead(200, { "content-type": "application/json" });
    let pieces = 0;
    const timer = setInterval(() => {
      if (pieces++ < 24) return response.write(" ".repeat(2_000));
      clearInterval(timer);
      return response.end(JSON.stringify(EMPTY_PAGE));
    }, 100);
  }, 1_000);
  expect((await download()).status).toBe("ok");
  expect(performance.now() - startedAtMs).toBeGreaterThan(2_000);
});

test.each([
  ["a small body as it is", 10, undefined],
  ["a larger one compressed, again on each attempt", 10_000, "gzip"],
])("sends %s", async (_, length, encoding) => {
  const bodies: unknown[] = [];
  const { client } = await serve(async (request, response) => {
    const pieces: Buffer[] = [];
    for await (const piece of request) pieces.push(piece);
    const bytes = Buffer.concat(pieces);
    expect(request.headers).toMatchObject({ "content-length": String(bytes.length) });
    expect(request.headers["content-encoding"]).toBe(encoding);
    bodies.push(JSON.parse(String(encoding ? gunzipSync(bytes) : bytes)));
    json(response, bodies.length === 1 ? 503 : 200, {});
  });
  const body = { text: "a".repeat(length) };
  expect(await client.send({ method: "POST", path: "/v1", body })).toMatchObject({ status: 200 });
  expect(bodies).toEqual([body, body]);
});

test("a request may take longer than the deadline as long as it moves, and arrives whole", async () => {
  const change = {
    entity_type: "MoodEntry",
    id: "i",
    updated_at: "t",
    deleted: false,
    data: randomBytes(7_000_000).toString("base64"),
  };
  const pieces: Buffer[] = [];
  let receivedBytes = 0;
  const { client } = await serve(async (request, response) => {
    for await (const piece of request) {
      pieces.push(piece);
      receivedBytes += piece.length;
      // The second half is on its way then, in what the system keeps of a connection, and nothing more moves here.
      const isSlow = receivedBytes < 3_500_000;
      if (isSlow) await new Promise((done) => setTimeout(done, (piece.length / 3_500_000) * 2_500));
    }
    json(response, 413, problemOf("too_large"));
  }, 1_000);
  const request = { device_id: "d", client_cursor: null, changes: [change] };
  expect(await createHttpTransport(client).upload(request)).toEqual({ status: "too_large" });
  expect(JSON.parse(String(gunzipSync(Buffer.concat(pieces))))).toEqual(request);
});

test.each([
  ["408", 408],
  ["a connection that ends", null],
])("an upload that is cut by %s broke off", async (_, status) => {
  const { client } = await serve((request, response) => {
    if (status === null) request.socket.destroy();
    else response.writeHead(status).end();
  });
  const upload = createHttpTransport(client).upload({ device_id: "d", client_cursor: null, changes: [] });
  expect(await upload).toMatchObject({ status: "broken_off", error: { code: "unreachable" } });
});

test("a large upload has left before the work that is done while it is answered", async () => {
  const arrived = new Int32Array(new SharedArrayBuffer(4));
  // In a thread of its own, because the work blocks this one.
  const worker = new Worker(SERVER_THAT_NOTIFIES, { eval: true, workerData: arrived });
  closers.push(() => worker.terminate());
  const [port] = await once(worker, "message");
  const { upload } = createHttpTransport(openClient(`http://127.0.0.1:${port}`, 5_000));
  const changes = [moodChange({ note: randomBytes(1_000_000).toString("base64") })];
  const [answer, arrival] = await whileWaiting(
    (onSent) => upload({ device_id: "d", client_cursor: null, changes }, onSent),
    () => Atomics.wait(arrived, 0, 0, 10_000),
  );
  expect(arrival).not.toBe("timed-out");
  expect(answer).toMatchObject({ status: "broken_off" });
});

const SERVER_THAT_NOTIFIES = `
  const { parentPort, workerData: arrived } = require("node:worker_threads");
  const server = require("node:http").createServer((request, response) =>
    request.resume().on("end", () => {
      Atomics.store(arrived, 0, 1);
      Atomics.notify(arrived, 0);
      response.writeHead(408).end();
    }),
  );
  server.listen(0, "127.0.0.1", () => parentPort.postMessage(server.address().port));`;

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
