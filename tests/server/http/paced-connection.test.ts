import { once } from "node:events";
import { connect, type Socket } from "node:net";
import { setImmediate as nextTurn } from "node:timers/promises";
import fc from "fast-check";
import { afterEach, expect, test } from "vitest";
import { receiveBody } from "../../../server/http/body.ts";
import { type Answer, type Listener, listen } from "../../../server/http/listen.ts";
import { send } from "../../../server/http/send.ts";

const listeners: Listener[] = [];
const sockets: Socket[] = [];
afterEach(async () => {
  for (const socket of sockets.splice(0)) socket.destroy();
  await Promise.all(listeners.splice(0).map((listener) => listener.drain(0)));
});

async function start(answer: Answer): Promise<Listener> {
  const listener = await listen({ host: "127.0.0.1", port: 0, tls: undefined, answer });
  listeners.push(listener);
  return listener;
}

async function connected({ url }: Listener): Promise<Socket> {
  const socket = connect(Number(new URL(url).port), "127.0.0.1");
  sockets.push(socket);
  socket.on("error", () => {});
  await once(socket, "connect");
  return socket;
}

const requestOf = (account: string) => `GET / HTTP/1.1\r\nHost: x\r\nX-Account: ${account}\r\n\r\n`;

/** A listener that takes an account's word for its name, and the accounts whose requests it has begun, in order. */
async function startForAccounts(): Promise<{ listener: Listener; begun: string[] }> {
  const begun: string[] = [];
  const listener = await start(async (request, response, connections) => {
    const account = String(request.headers["x-account"]);
    begun.push(account);
    const letGo = connections.keep(request, account);
    await nextTurn();
    await send(request, response, Buffer.from("ok"));
    letGo();
  });
  return { listener, begun };
}

test("a request is begun before those that another account has sent ahead of it on its many connections", async () => {
  const { listener, begun } = await startForAccounts();
  const busy = await Promise.all(Array.from({ length: 20 }, () => connected(listener)));
  const other = await connected(listener);
  for (const [socket, account] of [
    ...busy.map((socket) => [socket, "busy"] as const),
    [other, "other"] as const,
  ]) {
    socket.write(requestOf(account));
    await once(socket, "data");
  }
  begun.length = 0;
  for (const socket of busy) socket.resume().write(requestOf("busy").repeat(20));
  other.write(requestOf("other"));
  await once(other, "data");
  expect(begun.indexOf("other")).toBeLessThan(10);
  await expect.poll(() => begun.length, { timeout: 30_000 }).toBe(20 * 20 + 1);
});

test("new connections of one network do not each wait for all accounts that are known", async () => {
  const { listener, begun } = await startForAccounts();
  const known = await Promise.all(Array.from({ length: 40 }, () => connected(listener)));
  for (const [at, socket] of known.entries()) {
    socket.write(requestOf(`known ${at}`));
    await once(socket, "data");
  }
  const fresh = await Promise.all(Array.from({ length: 40 }, () => connected(listener)));
  begun.length = 0;
  for (const [at, socket] of known.entries()) socket.resume().write(requestOf(`known ${at}`).repeat(20));
  for (const [at, socket] of fresh.entries()) socket.resume().write(requestOf(`fresh ${at}`));
  await expect.poll(() => begun.length, { timeout: 30_000 }).toBe(21 * 40);
  const lastFresh = begun.findLastIndex((account) => account.startsWith("fresh"));
  expect(lastFresh).toBeLessThan(12 * 40);
});

/** A request by how its body is framed, and the length of that. */
interface Framing {
  body: "none" | "announced" | "chunked";
  length: number;
}

function bytesOf({ body, length }: Framing): string {
  const text = "\r\n".repeat(length);
  if (body === "none") return "GET / HTTP/1.1\r\nHost: x\r\n\r\n";
  const head = "POST / HTTP/1.1\r\nHost: x\r\n";
  if (body === "announced") return `${head}Content-Length: ${text.length}\r\n\r\n${text}`;
  const chunk = text === "" ? "" : `${text.length.toString(16)}\r\n${text}\r\n`;
  return `${head}Transfer-Encoding: chunked\r\n\r\n${chunk}0\r\n\r\n`;
}

test("requests that come at once and cut anywhere are answered whole, in order, one at a time", async () => {
  let underWay = 0;
  let most = 0;
  const lengths: number[] = [];
  const listener = await start(async (request, response) => {
    underWay += 1;
    most = Math.max(most, underWay);
    lengths.push((await receiveBody(request)).bytes.length);
    await nextTurn();
    await send(request, response, Buffer.from(`answer ${lengths.length};`));
    underWay -= 1;
  });
  const framing = fc.record({
    body: fc.constantFrom("none" as const, "announced" as const, "chunked" as const),
    length: fc.oneof({ weight: 9, arbitrary: fc.nat(8) }, { weight: 1, arbitrary: fc.nat(50_000) }),
  });
  const cuts = fc.array(fc.oneof(fc.integer({ min: 1, max: 5 }), fc.integer({ min: 1, max: 40_000 })), {
    minLength: 1,
  });
  await fc.assert(
    fc.asyncProperty(fc.array(framing, { minLength: 1, maxLength: 6 }), cuts, async (requests, sizes) => {
      lengths.length = 0;
      const socket = await connected(listener);
      let answers = "";
      socket.setEncoding("latin1").on("data", (text) => {
        answers += text;
      });
      const bytes = requests.map(bytesOf).join("");
      for (let at = 0, cut = 0; at < bytes.length; cut += 1) {
        const size = cut < 20 ? sizes[cut % sizes.length]! : bytes.length;
        socket.write(bytes.slice(at, at + size));
        at += size;
        await nextTurn();
      }
      const wanted = requests.map((_, index) => `answer ${index + 1};`);
      while (!answers.endsWith(wanted.at(-1)!)) await once(socket, "data");
      socket.destroy();
      expect(answers.match(/answer \d+;/g)).toEqual(wanted);
      expect(lengths).toEqual(requests.map(({ body, length }) => (body === "none" ? 0 : 2 * length)));
      expect(most).toBe(1);
    }),
    { numRuns: 30 },
  );
});

test.each([1, 2, 3])(
  "a head whose last line comes after %i bytes of it is one request alone",
  async (split) => {
    let begun = 0;
    const listener = await start(async () => {
      begun += 1;
      await new Promise(() => {});
    });
    const socket = await connected(listener);
    const request = requestOf("a");
    const at = request.length - 4 + split;
    socket.write(request.slice(0, at));
    for (let turn = 0; turn < 20; turn++) await nextTurn();
    socket.write(request.slice(at) + request.repeat(5));
    await expect.poll(() => begun).toBe(1);
  },
);

test("nothing behind a request that is not answered reaches the parser", async () => {
  let begun = 0;
  const listener = await start(async () => {
    begun += 1;
    await new Promise(() => {});
  });
  const socket = await connected(listener);
  socket.write("POST / HTTP/1.1\r\nHost: x\r\nContent-Length: 2\r\n\r\nab".repeat(2_000));
  await expect.poll(() => begun).toBe(1);
  const other = await connected(listener);
  other.write(requestOf("other"));
  await expect.poll(() => begun).toBe(2);
});

test.each([
  ["ends it", (socket: Socket) => socket.end()],
  ["resets it", (socket: Socket) => socket.resetAndDestroy()],
])("a connection is gone for its request as soon as its peer %s", async (_, leave) => {
  let isGone: boolean | undefined;
  const listener = await start(async (request) => {
    isGone = false;
    request.socket.on("close", () => {
      isGone = request.destroyed;
    });
  });
  const socket = await connected(listener);
  socket.write(requestOf("a"));
  await expect.poll(() => isGone).toBe(false);
  leave(socket);
  await expect.poll(() => isGone).toBe(true);
});

test.each([10, 200_000])(
  "a request of %i bytes whose sender closes its half with it is read whole",
  async (length) => {
    const bodies: number[] = [];
    const listener = await start(async (request, response) => {
      let bytes = 0;
      request.on("data", (chunk: Buffer) => {
        bytes += chunk.length;
      });
      request.on("end", () => bodies.push(bytes));
      await once(request, "close");
      response.destroy();
    });
    const socket = await connected(listener);
    socket.end(`POST / HTTP/1.1\r\nHost: x\r\nContent-Length: ${length}\r\n\r\n${"a".repeat(length)}`);
    await expect.poll(() => bodies).toEqual([length]);
  },
);
