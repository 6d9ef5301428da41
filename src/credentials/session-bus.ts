import { existsSync } from "node:fs";
import { connect, type Socket } from "node:net";
import { join } from "node:path";

type Environment = Record<string, string | undefined>;

const ANSWER_TIMEOUT_MS = 3_000;
const METHOD_RETURN = 2;
/** sun_path of Linux holds 108 bytes with the one that ends it. */
const MAX_SOCKET_PATH = 107;
/** An answer that says where a collection is has some hundred bytes. */
const MAX_ANSWER_BYTES = 64 * 1024;

/** Address of the user's D-Bus session bus. Programs started by cron do not have the variable, but systemd puts the bus at
 *  a known place. Null where there is none. */
export function sessionBusAddress(env: Environment, uid = process.getuid?.()): string | null {
  if (env.DBUS_SESSION_BUS_ADDRESS) return env.DBUS_SESSION_BUS_ADDRESS;
  const directory = env.XDG_RUNTIME_DIR || `/run/user/${uid}`;
  const socket = join(directory, "bus");
  return existsSync(socket) ? `unix:path=${socket}` : null;
}

/** Whether a secret service answers on a bus and has a default collection, where secrets outlast the process. Speaks
 *  just enough of the D-Bus protocol to ask, because the keyring library cannot be asked: without a service it uses
 *  the kernel's keyring, which forgets. See https://dbus.freedesktop.org/doc/dbus-specification.html and
 *  https://specifications.freedesktop.org/secret-service-spec. */
export function secretServiceAnswers(address: string, timeoutMs = ANSWER_TIMEOUT_MS): Promise<boolean> {
  const path = socketPath(address);
  if (path === null) return Promise.resolve(false);
  return new Promise((resolve) => {
    const socket = connect({ path });
    const finish = (answers: boolean) => {
      clearTimeout(timer);
      socket.destroy();
      resolve(answers);
    };
    const timer = setTimeout(() => finish(false), timeoutMs);
    socket.on("error", () => finish(false)).on("close", () => finish(false));
    socket.on("connect", () => converse(socket, finish));
  });
}

function converse(socket: Socket, finish: (answers: boolean) => void): void {
  let received: Buffer = Buffer.alloc(0);
  let isAuthenticated = false;
  socket.write(`\0AUTH EXTERNAL ${Buffer.from(String(process.getuid?.())).toString("hex")}\r\n`);
  socket.on("data", (chunk) => {
    received = Buffer.concat([received, chunk]);
    if (received.length > MAX_ANSWER_BYTES) return finish(false);
    if (!isAuthenticated) {
      const end = received.indexOf("\r\n");
      if (end < 0) return;
      if (!received.toString("latin1").startsWith("OK ")) return finish(false);
      isAuthenticated = true;
      received = received.subarray(end + 2);
      socket.write("BEGIN\r\n");
      socket.write(methodCall(1, BUS_HELLO));
      socket.write(methodCall(2, DEFAULT_COLLECTION));
    }
    try {
      for (let message = takeMessage(); message; message = takeMessage()) {
        if (message.replyTo === 2) finish(message.type === METHOD_RETURN && message.firstString !== "/");
      }
    } catch {
      finish(false); // lengths that lead out of the message
    }
  });

  function takeMessage(): Message | null {
    if (received.length < 16) return null;
    const bodyStart = padded(16 + received.readUInt32LE(12), 8);
    const end = bodyStart + received.readUInt32LE(4);
    if (received.length < end) return null;
    const message = received.subarray(0, end);
    received = received.subarray(end);
    return readMessage(message, bodyStart);
  }
}

interface Call {
  destination: string;
  path: string;
  interface: string;
  member: string;
  /** The only argument, a string. */
  argument?: string;
}

const BUS_HELLO: Call = {
  destination: "org.freedesktop.DBus",
  path: "/org/freedesktop/DBus",
  interface: "org.freedesktop.DBus",
  member: "Hello",
};

/** Answered with the object path of the collection, or with "/" where there is none. */
const DEFAULT_COLLECTION: Call = {
  destination: "org.freedesktop.secrets",
  path: "/org/freedesktop/secrets",
  interface: "org.freedesktop.Secret.Service",
  member: "ReadAlias",
  argument: "default",
};

/** A little-endian method call, serialised as the specification's "Message Protocol" says. */
function methodCall(serial: number, call: Call): Buffer {
  const fields = [
    field(1, "o", call.path),
    field(2, "s", call.interface),
    field(3, "s", call.member),
    field(6, "s", call.destination),
  ];
  if (call.argument !== undefined) fields.push(Buffer.from([8, 1, 0x67, 0, 1, 0x73, 0]));
  const body = call.argument === undefined ? Buffer.alloc(0) : text(call.argument);
  const fieldBytes = Buffer.concat(
    fields.map((bytes, index) => (index < fields.length - 1 ? padTo8(bytes) : bytes)),
  );
  const head = Buffer.alloc(16);
  head.write("l", 0, "latin1");
  head.set([1, 0, 1], 1);
  head.writeUInt32LE(body.length, 4);
  head.writeUInt32LE(serial, 8);
  head.writeUInt32LE(fieldBytes.length, 12);
  return Buffer.concat([padTo8(Buffer.concat([head, fieldBytes])), body]);
}

function field(code: number, signature: "o" | "s", value: string): Buffer {
  return Buffer.concat([Buffer.from([code, 1, signature.charCodeAt(0), 0]), text(value)]);
}

function text(value: string): Buffer {
  const bytes = Buffer.alloc(4 + value.length + 1);
  bytes.writeUInt32LE(value.length, 0);
  bytes.write(value, 4, "latin1");
  return bytes;
}

interface Message {
  type: number;
  /** Serial of the call that it answers; 0 for a signal. */
  replyTo: number;
  /** The body's first value where it is a string or an object path. */
  firstString: string;
}

const REPLY_SERIAL = 5;

function readMessage(message: Buffer, bodyStart: number): Message {
  let replyTo = 0;
  const fieldsEnd = 16 + message.readUInt32LE(12);
  for (let at = 16; at < fieldsEnd; ) {
    at = padded(at, 8);
    const code = message[at];
    const signature = String.fromCharCode(message[at + 2]!);
    at += 4;
    if (code === REPLY_SERIAL) replyTo = message.readUInt32LE(at);
    if (signature === "u") at += 4;
    else if (signature === "g") at += 1 + message[at]! + 1;
    else at += 4 + message.readUInt32LE(at) + 1;
  }
  const length = message.length >= bodyStart + 4 ? message.readUInt32LE(bodyStart) : 0;
  const firstString = message.toString("latin1", bodyStart + 4, bodyStart + 4 + length);
  return { type: message[1]!, replyTo, firstString };
}

/** Of "unix:path=/run/user/1000/bus,guid=…;…" the first socket that can be connected to. */
function socketPath(address: string): string | null {
  const match = /(?:^|;)unix:(?:[^;]*,)?(path|abstract)=([^,;]*)/.exec(address);
  if (!match) return null;
  const path = decoded(match[2]!);
  if (path === "" || path.includes("\0") || Buffer.byteLength(path) > MAX_SOCKET_PATH) return null;
  return match[1] === "abstract" ? `\0${path}` : path;
}

/** Empty where it cannot be decoded. */
function decoded(text: string): string {
  try {
    return decodeURIComponent(text);
  } catch {
    return "";
  }
}

function padded(length: number, to: number): number {
  return Math.ceil(length / to) * to;
}

function padTo8(bytes: Buffer): Buffer {
  return Buffer.concat([bytes, Buffer.alloc(padded(bytes.length, 8) - bytes.length)]);
}
