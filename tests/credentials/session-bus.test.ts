import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { createServer, type Socket } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, expect, test } from "vitest";
import { secretServiceAnswers, sessionBusAddress } from "../../src/credentials/session-bus.ts";

let directory: string;

beforeEach(() => {
  directory = mkdtempSync(join(tmpdir(), "moodsync-bus-"));
});
afterEach(() => rmSync(directory, { recursive: true }));

async function withSocket(onConnection: (socket: Socket) => void, work: (address: string) => Promise<void>) {
  const path = join(directory, "bus");
  const sockets: Socket[] = [];
  const server = createServer((socket) => {
    sockets.push(socket.on("error", () => {}));
    onConnection(socket);
  });
  await new Promise<void>((done) => server.listen(path, done));
  await work(`unix:path=${path},guid=0123`);
  for (const socket of sockets) socket.destroy();
  await new Promise((done) => server.close(done));
}

test("the bus is found by its address, or where systemd puts it", () => {
  expect(sessionBusAddress({ DBUS_SESSION_BUS_ADDRESS: "unix:abstract=x" })).toBe("unix:abstract=x");
  expect(sessionBusAddress({ XDG_RUNTIME_DIR: directory })).toBeNull();
  writeFileSync(join(directory, "bus"), "");
  expect(sessionBusAddress({ XDG_RUNTIME_DIR: directory })).toBe(`unix:path=${directory}/bus`);
});

test.each([
  "unix:path=/tmp/%zz",
  "unix:path=%",
  "unix:path=",
  "unix:path=/tmp/%00",
  "unix:abstract=",
  `unix:path=/${"x".repeat(200)}`,
  `unix:abstract=${"%c3%a9".repeat(60)}`,
  "unix:",
  "\ufffd",
  "unix:path=/nonexistent/bus",
  "unix:abstract=moodsync-nobody",
  "tcp:host=localhost,port=1",
  "",
])("nothing answers at %j", async (address) => {
  expect(await secretServiceAnswers(address)).toBe(false);
});

test("a bus whose messages make no sense, or do not end, is no keychain", async () => {
  const talking = (bytes: Buffer) => (socket: Socket) =>
    socket.once("data", () => socket.write(Buffer.concat([Buffer.from("OK 1234\r\n"), bytes])));
  const message = Buffer.alloc(64, 0xff);
  message.writeUInt32LE(16, 4);
  message.writeUInt32LE(24, 12);
  for (const bytes of [message, Buffer.alloc(200 * 1024, 0x7f)]) {
    await withSocket(talking(bytes), async (address) =>
      expect(await secretServiceAnswers(address)).toBe(false),
    );
  }
});

test("a bus that says nothing, hangs up or refuses is no keychain", async () => {
  await withSocket(
    () => {},
    async (address) => expect(await secretServiceAnswers(address, 50)).toBe(false),
  );
  await withSocket(
    (socket) => socket.end(),
    async (address) => expect(await secretServiceAnswers(address)).toBe(false),
  );
  await withSocket(
    (socket) => socket.write("REJECTED EXTERNAL\r\n"),
    async (address) => expect(await secretServiceAnswers(address)).toBe(false),
  );
});
