import { randomBytes, randomUUID } from "node:crypto";
import { connect } from "node:net";
import { setTimeout as sleep } from "node:timers/promises";
import { gzipSync } from "node:zlib";
import { MAX_BODY_BYTES, MAX_CHANGES_OF_ONE_ENTITY, MAX_UPLOAD_CHANGES } from "../src/domain/limits.ts";
import { moodChange } from "../tests/helpers/sync/sync-server.ts";

/** What an attack is told: where, and a key of an account of its own. */
export interface Target {
  url: string;
  apiKey: string;
}

/** One way to take a server from its other users. It goes on until its process is ended. */
interface Attack {
  /** Stores what the attack needs. */
  prepare?(target: Target): Promise<void>;
  connections: number;
  /** What each connection does, again and again. */
  act(target: Target): Promise<void>;
}

/** The worst that one account, or somebody without a key, was found to do. */
export const ATTACKS: Readonly<Record<string, Attack>> = {
  "full pages on 12 connections": {
    prepare: async (target) => {
      for (let part = 0; part < 4; part++)
        await upload(target, JSON.stringify(newChanges(5_000, "n".repeat(900))));
    },
    connections: 12,
    act: async (target) => {
      await post(target, "download", JSON.stringify({ device_id: DEVICE, since: null, limit: 5_000 }));
    },
  },
  "uploads of 10,000 changes on 4 connections": {
    connections: 4,
    act: (target) => uploadAnew(target, SMALL_CHANGES),
  },
  "uploads of 1,000 changes on 4 connections": {
    connections: 4,
    act: (target) => uploadAnew(target, FEWER_CHANGES),
  },
  "uploads of 8 MB of notes on 4 connections": {
    connections: 4,
    act: (target) => uploadAnew(target, LONG_NOTES),
  },
  "old changes of one large entry": {
    prepare: (target) => upload(target, JSON.stringify([FAT])),
    connections: 6,
    act: async (target) => {
      await post(target, "upload", OLD_UPLOAD, "gzip");
    },
  },
  "unfinished bodies on 100 connections": {
    connections: 100,
    act: ({ url, apiKey }) =>
      talk(
        url,
        `POST /v1/sync/upload HTTP/1.1\r\nHost: x\r\nAuthorization: Bearer ${apiKey}\r\n` +
          `Content-Type: application/json\r\nContent-Length: ${MAX_BODY_BYTES}\r\n\r\n${" ".repeat(4_000_000)}`,
      ),
  },
  "small requests on 50 connections": {
    connections: 50,
    act: async ({ url, apiKey }) => {
      const answer = await fetch(`${url}/v1/devices`, { headers: { authorization: `Bearer ${apiKey}` } });
      await answer.text();
    },
  },
  "/ready pipelined without a key": {
    connections: 5,
    act: ({ url }) => talk(url, "", "GET /ready HTTP/1.1\r\nHost: x\r\n\r\n".repeat(300)),
  },
  "small requests pipelined on 20 connections": {
    connections: 20,
    act: ({ url, apiKey }) =>
      talk(
        url,
        "",
        `GET /v1/devices HTTP/1.1\r\nHost: x\r\nAuthorization: Bearer ${apiKey}\r\n\r\n`.repeat(300),
      ),
  },
  "bodies without end and without a key": {
    connections: 4,
    act: ({ url }) =>
      talk(
        url,
        "POST /v1/sync/upload HTTP/1.1\r\nHost: x\r\nTransfer-Encoding: chunked\r\n\r\n",
        `10000\r\n${" ".repeat(65_536)}\r\n`,
      ),
  },
  "answers that nobody reads": {
    connections: 50,
    act: ({ url }) =>
      talk(url, "GET /openapi.json HTTP/1.1\r\nHost: x\r\n\r\n".repeat(15), "", { reads: false }),
  },
};

const FAT = moodChange({}, { weather: "w".repeat(15_000) });
/** One for all, as an account may have a few hundred. */
const DEVICE = randomUUID();

/** Texts are made once: an attacker's own work must not look like the server's. */
const SMALL_CHANGES = JSON.stringify(newChanges(MAX_UPLOAD_CHANGES, ""));
const FEWER_CHANGES = JSON.stringify(newChanges(1_000, ""));
const LONG_NOTES = JSON.stringify(newChanges(780, "n".repeat(10_000)));
const OLD = moodChange({ id: FAT.id, updatedAtMs: Date.now() - 86_400_000 });
const OLD_UPLOAD = gzipSync(uploadOf(JSON.stringify(Array(MAX_CHANGES_OF_ONE_ENTITY).fill(OLD))));

function newChanges(count: number, note: string): object[] {
  return Array.from({ length: count }, () => moodChange({ note }));
}

function uploadOf(changes: string): string {
  return `{"device_id":"${DEVICE}","client_cursor":null,"changes":${changes}}`;
}

async function upload(target: Target, changes: string): Promise<void> {
  await post(target, "upload", uploadOf(changes));
}

/** The same changes of other entities. */
async function uploadAnew(target: Target, changes: string): Promise<void> {
  const digits = randomBytes(3).toString("hex");
  const groups = `-4${digits.slice(0, 3)}-8${digits.slice(3)}-`;
  await upload(target, changes.replaceAll(/-4[0-9a-f]{3}-[89ab][0-9a-f]{3}-/g, groups));
}

async function post({ url, apiKey }: Target, route: string, body: string | Buffer, encoding?: "gzip") {
  const answer = await fetch(`${url}/v1/sync/${route}`, {
    method: "POST",
    headers: {
      authorization: `Bearer ${apiKey}`,
      "content-type": "application/json",
      ...(encoding ? { "content-encoding": encoding } : {}),
    },
    body: body as string,
  });
  await answer.arrayBuffer();
  // A client that keeps to Retry-After would be no attack.
  if (!answer.ok) await sleep(20);
}

/** Sends bytes over a connection of its own, then others for as long as they are taken, at most 10 s. */
function talk(url: string, bytes: string, withoutEnd = "", { reads = true } = {}): Promise<void> {
  return new Promise((resolve) => {
    const { port } = new URL(url);
    const socket = connect(Number(port), "127.0.0.1");
    const end = setTimeout(() => socket.destroy(), 10_000);
    const writeMore = () => {
      while (withoutEnd !== "" && !socket.destroyed && socket.write(withoutEnd));
    };
    if (reads) socket.resume();
    socket.on("drain", writeMore).on("error", () => {});
    socket.on("close", () => {
      clearTimeout(end);
      setTimeout(resolve, 20);
    });
    if (socket.write(bytes)) writeMore();
  });
}
