import { once } from "node:events";
import { readFileSync } from "node:fs";
import type { IncomingMessage, ServerResponse } from "node:http";
import { request as httpsRequest } from "node:https";
import { connect, type Socket } from "node:net";
import { fileURLToPath } from "node:url";
import { describe, expect, test } from "vitest";
import { type Listener, listen } from "../../../server/http/listen.ts";
import { readTlsFiles } from "../../../server/http/tls.ts";

const pem = (name: string) => fileURLToPath(new URL(`./tls/${name}.pem`, import.meta.url));

/** Answers when the whole body is there, with its length. */
async function answerLength(request: IncomingMessage, response: ServerResponse): Promise<void> {
  let length = 0;
  try {
    for await (const chunk of request) length += chunk.length;
    response.end(String(length));
  } catch {
    // The connection was cut.
  }
}

const open = () => listen({ host: "127.0.0.1", port: 0, tls: undefined, answer: answerLength });

async function connected({ url }: Listener): Promise<Socket> {
  const socket = connect(Number(new URL(url).port), "127.0.0.1");
  await once(socket, "connect");
  return socket;
}

describe("ending the server", () => {
  test("answers a request that is under way", async () => {
    const listener = await open();
    const socket = await connected(listener);
    socket.write("POST / HTTP/1.1\r\nHost: x\r\nConnection: close\r\nContent-Length: 5\r\n\r\nab");
    await new Promise((resolve) => setTimeout(resolve, 50));
    const drained = listener.drain(10_000);
    socket.write("cde");
    const [answer] = await once(socket, "data");
    await drained;
    expect(String(answer)).toMatch(/^HTTP\/1\.1 200 .*\r\n\r\n[\s\S]*5/s);
  });

  test("is not held up by a connection that says nothing, nor by one that stops in the middle", async () => {
    const listener = await open();
    const [silent, stalled] = [await connected(listener), await connected(listener)];
    stalled.write("POST / HTTP/1.1\r\nHost: x\r\nContent-Length: 5\r\n\r\nab");
    for (const socket of [silent, stalled]) socket.on("error", () => {});
    await new Promise((resolve) => setTimeout(resolve, 50));
    await listener.drain(200);
    await expect(connected(listener)).rejects.toThrow("ECONNREFUSED");
  });
});

describe("opening the socket", () => {
  test("says in one sentence that the port is taken", async () => {
    const listener = await open();
    const port = Number(new URL(listener.url).port);
    await expect(
      listen({ host: "127.0.0.1", port, tls: undefined, answer: answerLength }),
    ).rejects.toMatchObject({ code: "failure", message: `Another program already listens on port ${port}.` });
    await listener.drain(100);
  });

  test("says in one sentence that the address is not of this machine", async () => {
    await expect(
      listen({ host: "203.0.113.1", port: 0, tls: undefined, answer: answerLength }),
    ).rejects.toMatchObject({ code: "failure", message: "The server cannot listen on that address." });
  });
});

describe("a certificate and its key", () => {
  test("serve https", async () => {
    const tls = readTlsFiles({ certPath: pem("a.cert"), keyPath: pem("a.key") });
    const listener = await listen({ host: "127.0.0.1", port: 0, tls, answer: answerLength });
    expect(listener.url).toMatch(/^https:\/\/127\.0\.0\.1:\d+$/);
    const request = httpsRequest(listener.url, { ca: readFileSync(pem("a.cert")), agent: false });
    request.end();
    const [response] = (await once(request, "response")) as [IncomingMessage];
    expect(response.statusCode).toBe(200);
    response.resume();
    await listener.drain(1_000);
  });

  test.each([
    ["of another key", "a.cert", "b.key", "The key of --tls-key does not belong to the certificate"],
    ["that are swapped", "a.key", "a.cert", "are not a certificate and its key"],
    ["that do not exist", "none", "a.key", "The file of --tls-cert cannot be read."],
  ])("are refused in one sentence when they are files %s", (_, cert, key, sentence) => {
    expect(() => readTlsFiles({ certPath: pem(cert), keyPath: pem(key) })).toThrow(sentence);
  });
});
