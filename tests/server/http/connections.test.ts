import { once } from "node:events";
import type { IncomingMessage, ServerResponse } from "node:http";
import { connect, type Socket } from "node:net";
import { fileURLToPath } from "node:url";
import { afterEach, describe, expect, test } from "vitest";
import { receiveBody } from "../../../server/http/body.ts";
import type { Connections } from "../../../server/http/connections.ts";
import { type Answer, type Listener, listen } from "../../../server/http/listen.ts";
import type { Problem } from "../../../server/http/problem.ts";
import { send } from "../../../server/http/send.ts";
import { readTlsFiles } from "../../../server/http/tls.ts";

const pem = (name: string) => fileURLToPath(new URL(`./tls/${name}.pem`, import.meta.url));
const MiB = 1024 * 1024;

const listeners: Listener[] = [];
const sockets: Socket[] = [];
afterEach(async () => {
  for (const socket of sockets.splice(0)) socket.destroy();
  await Promise.all(listeners.splice(0).map((listener) => listener.drain(0)));
});

async function start(answer: Answer, more: Partial<Parameters<typeof listen>[0]> = {}): Promise<Listener> {
  const listener = await listen({ host: "127.0.0.1", port: 0, tls: undefined, answer, ...more });
  listeners.push(listener);
  return listener;
}

/** A peer that never closes its side by itself. */
async function connected({ url }: Listener): Promise<Socket> {
  const socket = connect({ port: Number(new URL(url).port), host: "127.0.0.1", allowHalfOpen: true });
  sockets.push(socket);
  socket.on("error", () => {});
  await once(socket, "connect");
  return socket;
}

/** Whatever comes until the other side has closed, or reset, the connection. */
async function readToEnd(socket: Socket): Promise<string> {
  let text = "";
  socket.setEncoding("latin1").on("data", (chunk) => {
    text += chunk;
  });
  await Promise.race([once(socket, "end"), once(socket, "close")]);
  return text;
}

/** Writes for as long as the other side takes it; the result is how many bytes it was. */
async function writeWithoutEnd(socket: Socket, chunk: string): Promise<number> {
  const writeMore = () => {
    while (!socket.destroyed && socket.write(chunk));
  };
  socket.on("drain", writeMore);
  writeMore();
  await new Promise((resolve) => socket.once("close", resolve));
  return socket.bytesWritten;
}

const answerOk: Answer = (request, response) => send(request, response, Buffer.from("ok"));
const post = (headers: string) => `POST / HTTP/1.1\r\nHost: x\r\n${headers}\r\n\r\n`;

describe("a connection without a request", () => {
  test.each([
    ["says nothing", "", 408, "request_timeout"],
    ["stops within its headers", "GET / HTTP/1.1\r\nHost", 408, "request_timeout"],
    ["is no HTTP", "garbage\r\n\r\n", 400, "malformed"],
    ["has headers without end", `GET / HTTP/1.1\r\nx: ${"x".repeat(40_000)}`, 431, "headers_too_large"],
  ])("that %s is answered and ended, although its peer does not end it", async (_, bytes, status, code) => {
    const listener = await start(answerOk, { beginTimeoutMs: 100 });
    const socket = await connected(listener);
    socket.write(bytes);
    const text = await readToEnd(socket);
    expect(text).toMatch(new RegExp(`^HTTP/1.1 ${status} .*Content-Type: application/problem`, "s"));
    const [head = "", body = ""] = text.split("\r\n\r\n");
    expect(JSON.parse(body)).toMatchObject({ status, code });
    expect(head).toContain(`X-Request-Id: ${JSON.parse(body).request_id}`);
    await untilForgotten(listener);
  });

  test("that never begins its TLS handshake is ended", async () => {
    const tls = readTlsFiles({ certPath: pem("a.cert"), keyPath: pem("a.key") });
    const listener = await start(answerOk, { tls, beginTimeoutMs: 100 });
    const socket = await connected(listener);
    await readToEnd(socket);
    await untilForgotten(listener);
  });

  test("is heard of with what it was answered", async () => {
    const refused: object[] = [];
    const listener = await start(answerOk, { onRefusal: (fields) => refused.push(fields) });
    const socket = await connected(listener);
    socket.write("garbage\r\n\r\n");
    await readToEnd(socket);
    expect(refused).toMatchObject([{ status: 400, code: "malformed" }]);
  });
});

/** Until the server holds no connection: draining without a deadline ends then. */
async function untilForgotten(listener: Listener): Promise<void> {
  listeners.splice(listeners.indexOf(listener), 1);
  await listener.drain(15_000);
  expect(sockets.every((socket) => !socket.destroyed || socket.readableEnded)).toBe(true);
}

describe("a listener that is full", () => {
  test("ends the oldest connection that has shown no key, and keeps those that have", async () => {
    const letGo: (() => void)[] = [];
    const keep: Answer = async (request, response, connections: Connections) => {
      letGo.push(connections.keep(request, "account"));
      await answerOk(request, response, connections);
    };
    const listener = await start(keep, { maxConnections: 3 });
    const kept = await connected(listener);
    kept.write("GET / HTTP/1.1\r\nHost: x\r\n\r\n");
    await once(kept, "data");
    const idle = [await connected(listener), await connected(listener)];
    const ends = idle.map((socket) => once(socket, "end"));
    const fresh = await connected(listener);
    fresh.write("GET / HTTP/1.1\r\nHost: x\r\n\r\n");
    await once(fresh, "data");
    await ends[0];
    expect([idle[1]!.readableEnded, kept.readableEnded]).toEqual([false, false]);
  });
});

describe("requests that are sent before the last one is answered", () => {
  const get = "GET / HTTP/1.1\r\nHost: x\r\n\r\n";

  test("are answered one after the other", async () => {
    let underWay = 0;
    let most = 0;
    const listener = await start(async (request, response, connections) => {
      underWay += 1;
      most = Math.max(most, underWay);
      await new Promise((resolve) => setImmediate(resolve));
      await answerOk(request, response, connections);
      underWay -= 1;
    });
    const socket = await connected(listener);
    socket.write(get.repeat(9) + get.replace("\r\n\r\n", "\r\nConnection: close\r\n\r\n"));
    const text = await readToEnd(socket);
    expect(text.match(/HTTP\/1\.1 200/g)).toHaveLength(10);
    expect(most).toBe(1);
  });
});

describe("a request that is answered before its body is there", () => {
  const refuse: Answer = async (request, response) => {
    response.statusCode = 401;
    await send(request, response, Buffer.from("refused"));
  };

  test("is read to its end, so that a sender that looks only then gets the answer", async () => {
    const listener = await start(refuse);
    const socket = await connected(listener);
    socket.write(post(`Content-Length: ${8 * MiB}`));
    for (let sent = 0; sent < 8; sent++) {
      if (!socket.write(Buffer.alloc(MiB))) await once(socket, "drain");
    }
    const text = await readToEnd(socket);
    expect(text).toMatch(/^HTTP\/1\.1 401 .*connection: close.*refused$/is);
  });

  test("ends when its body does not", async () => {
    const listener = await start(refuse);
    const socket = await connected(listener);
    socket.write(post("Transfer-Encoding: chunked"));
    socket.resume();
    const written = await writeWithoutEnd(socket, `10000\r\n${" ".repeat(65_536)}\r\n`);
    expect(written).toBeLessThan(80 * MiB);
  });
});

describe("a body", () => {
  const receive =
    (outcomes: unknown[]): Answer =>
    async (request: IncomingMessage, response: ServerResponse) => {
      try {
        outcomes.push((await receiveBody(request, { progressMs: 100 })).bytes.length);
        response.statusCode = 200;
      } catch (error) {
        outcomes.push((error as Problem).code);
        response.statusCode = (error as Problem).status;
      }
      await send(request, response, Buffer.from("answer"));
    };

  test("may take long as long as it comes on", async () => {
    const outcomes: unknown[] = [];
    const socket = await connected(await start(receive(outcomes)));
    socket.write(post("Content-Length: 8000\r\nConnection: close"));
    for (let part = 0; part < 8; part++) {
      await new Promise((resolve) => setTimeout(resolve, 50));
      socket.write("x".repeat(1_000));
    }
    expect(await readToEnd(socket)).toMatch(/^HTTP\/1\.1 200 /);
    expect(outcomes).toEqual([8_000]);
  });

  test.each([
    ["stands still", 0],
    ["comes byte by byte", 1],
  ])("that %s is answered with 408", async (_, bytes) => {
    const outcomes: unknown[] = [];
    const socket = await connected(await start(receive(outcomes)));
    socket.write(post("Content-Length: 8000"));
    const drip = setInterval(() => socket.write("x".repeat(bytes)), 20);
    const [answer] = await once(socket, "data");
    clearInterval(drip);
    expect(String(answer)).toMatch(/^HTTP\/1\.1 408 /);
    expect(outcomes).toEqual(["request_timeout"]);
  });

  test("that is cut is no body", async () => {
    const outcomes: unknown[] = [];
    const socket = await connected(await start(receive(outcomes)));
    socket.write(`${post("Content-Length: 8000")}abc`);
    socket.destroy();
    await expect.poll(() => outcomes).toEqual(["request_timeout"]);
  });
});

describe("an answer", () => {
  test("that its reader does not take ends the connection", async () => {
    let sent = false;
    const listener = await start(async (request, response) => {
      await send(request, response, Buffer.alloc(64 * MiB), { stallMs: 200 });
      sent = true;
    });
    const socket = await connected(listener);
    socket.pause();
    socket.write("GET / HTTP/1.1\r\nHost: x\r\n\r\n");
    await expect.poll(() => sent, { timeout: 10_000 }).toBe(true);
    await untilForgotten(listener);
  });

  test("that is taken slowly arrives whole", async () => {
    const listener = await start((request, response) =>
      send(request, response, Buffer.alloc(24 * MiB), { stallMs: 1_000 }),
    );
    const socket = await connected(listener);
    let length = 0;
    socket.on("data", (chunk: Buffer) => {
      length += chunk.length;
      socket.pause();
      setTimeout(() => socket.resume(), 5);
    });
    socket.write("GET / HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n");
    await once(socket, "end");
    expect(length).toBeGreaterThan(24 * MiB);
  });
});
