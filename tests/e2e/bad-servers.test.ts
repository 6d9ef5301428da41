import { readFileSync, writeFileSync } from "node:fs";
import { createServer, type RequestListener, type Server } from "node:http";
import { createServer as createTlsServer } from "node:https";
import type { AddressInfo } from "node:net";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { afterAll, beforeAll, beforeEach, describe, expect, test } from "vitest";
import { newApiKey } from "../../server/api-key-secret.ts";
import { openSqlite } from "../../src/files/open-sqlite.ts";
import {
  connectedDevice,
  type InstalledServer,
  newDevice,
  startInstalledServer,
} from "../helpers/program/installed-devices.ts";
import type { ProgramDevice } from "../helpers/program/program-device.ts";

const NOTE = "PRIVATE-NOTE-e1";

let server: InstalledServer;
let device: ProgramDevice;
const opened: Server[] = [];

beforeAll(async () => {
  server = await startInstalledServer();
});
beforeEach(async () => {
  device = await connectedDevice(server);
  await device.ok(["log", "mood", "4", "-n", NOTE]);
});
afterAll(() => {
  for (const it of opened) it.close().closeAllConnections();
});

/** A server of the test's own, and how many requests came to it. */
async function answering(listener: RequestListener): Promise<{ url: string; requests: () => number }> {
  let requests = 0;
  const own = createServer((request, response) => {
    requests++;
    listener(request, response);
  });
  opened.push(own);
  await new Promise<void>((done) => own.listen(0, "127.0.0.1", done));
  return { url: `http://127.0.0.1:${(own.address() as AddressInfo).port}`, requests: () => requests };
}

/** Lets the connected device find another server at its address. */
function meet(url: string): void {
  const db = openSqlite(join(device.home, "moodsync.db"));
  db.prepare("update sync_config set endpoint_url = ?").run(url);
  db.close();
}

/** The command ends so, in one sentence and a hint, without a word of the user's, and leaves what there was. */
async function expectEnd(args: string[], code: number, sentence: RegExp, options = {}): Promise<void> {
  const before = await device.ok(["export"]);
  const result = await device.run(args, options);
  expect(result).toMatchObject({ code, stdout: "" });
  expect(result.stderr).toMatch(sentence);
  expect(result.stderr.trimEnd().split("\n").length).toBeLessThanOrEqual(2);
  expect(result.stderr).not.toContain(NOTE);
  expect(result.stderr).not.toContain(server.apiKey.slice(37, 60));
  expect(await device.ok(["export"])).toBe(before);
  const { pending, last_error } = await device.json(["sync", "status"]);
  expect(pending).toBe(1);
  expect(String(last_error)).not.toContain(NOTE);
}

describe("a sync ends with one sentence, and keeps everything, when the server", () => {
  test("is down", async () => {
    const gone = await answering(() => {});
    opened.pop()?.close();
    meet(gone.url);
    await expectEnd(["sync"], 6, /^The server is not running, or not at this address\.\n/);
  });

  test("answers with a web page", async () => {
    const page = await answering((_, response) => {
      response.writeHead(200, { "content-type": "text/html" }).end("<h1>Welcome</h1>");
    });
    meet(page.url);
    await expectEnd(["sync"], 6, /^What answers at this URL is not a moodsync server/);
  });

  test("cuts every connection in the middle of its answer", async () => {
    const cutting = await answering((_, response) => {
      response.writeHead(200, { "content-type": "application/json", "content-length": "1000" });
      response.write('{"server_cursor":', () => response.destroy());
    });
    meet(cutting.url);
    await expectEnd(["sync"], 6, /^The connection to the server failed\.\n/);
    expect(cutting.requests()).toBeGreaterThan(1);
  });

  test("sends its answer byte by byte and never ends it", async () => {
    const dripping = await answering((_, response) => {
      response.writeHead(200, { "content-type": "application/json" });
      const drip = setInterval(() => response.write(" "), 100);
      response.on("close", () => clearInterval(drip));
    });
    meet(dripping.url);
    await expectEnd(["sync"], 6, /^The server did not answer in time\.\n/, {
      env: { NODE_OPTIONS: `--require=${shortDeadline()}` },
    });
  });

  test("answers slowly, but answers: then it succeeds", async () => {
    const slow = await answering((request, response) => {
      const body: Buffer[] = [];
      request.on("data", (chunk) => body.push(chunk));
      request.on("end", async () => {
        await new Promise((done) => setTimeout(done, 700));
        const answer = await fetch(`${server.url}${request.url}`, {
          method: request.method ?? "POST",
          headers: { authorization: request.headers.authorization ?? "", "content-type": "application/json" },
          body: Buffer.concat(body),
        });
        response.writeHead(answer.status, { "content-type": "application/json" }).end(await answer.text());
      });
    });
    meet(slow.url);
    expect(await device.json(["sync"])).toMatchObject({ status: "ok", uploaded: 1, pending: 0 });
  });

  test("does not know the key, or has revoked it", async () => {
    const { userId, apiKey } = await server.addAccount();
    const own = await connectedDevice({ url: server.url, apiKey });
    await own.ok(["log", "mood", "4", "-n", NOTE]);
    device = own;
    const admin = { home: server.home, env: { MOODSYNC_DB_URL: server.databaseUrl } };
    const [{ id }] = await own.json(["admin", "key", "list", userId], admin);
    await own.ok(["admin", "key", "revoke", userId, id], admin);
    await expectEnd(["sync"], 4, /^The server does not accept this API key/);
  });

  test("is to be asked with a key of another account: then it is not asked at all", async () => {
    const { apiKey } = await server.addAccount();
    const watched = await answering((_, response) => response.writeHead(500).end());
    meet(watched.url);
    await expectEnd(["sync"], 4, /^This key belongs to another account/, {
      env: { MOODSYNC_API_KEY: apiKey },
    });
    const enable = ["sync", "enable", watched.url, "--key-stdin"];
    await expectEnd(enable, 4, /^This key belongs to another account/, { input: apiKey });
    expect(watched.requests()).toBe(0);
  });
});

describe("sync enable refuses, and stores nothing of", () => {
  beforeEach(() => {
    device = newDevice();
  });

  async function expectRefusal(
    args: string[],
    code: number,
    sentence: RegExp,
    input = server.apiKey,
    env = {},
  ) {
    const result = await device.run(["sync", "enable", ...args, "--key-stdin"], { input, env });
    expect(result).toMatchObject({ code, stdout: "" });
    expect(result.stderr).toMatch(sentence);
    expect(result.stderr).not.toContain("hidden-");
    expect(await device.json(["sync", "status"])).toMatchObject({ enabled: false, endpoint_url: null });
  }

  test.each([
    ["a URL with credentials", "https://user:hidden-password@mood.example", /must not contain a user name/],
    ["http:// to another machine", "http://192.0.2.1:8787", /^Without https:\/\/ anyone on the way/],
    ["http:// to what only looks like this machine", "http://127.0.0.1.example", /^Without https:\/\//],
    ["another protocol", "ftp://127.0.0.1/hidden-path", /must begin with https:\/\//],
    ["what is no URL", "mood.example hidden-text", /cannot be read/],
  ])("%s", async (_, url, sentence) => {
    await expectRefusal([url], 2, sentence);
  });

  test("a malformed key, without asking the server", async () => {
    const watched = await answering((_, response) => response.writeHead(500).end());
    for (const key of ["", "hidden-key", server.apiKey.slice(0, -1), `${server.apiKey.slice(0, -1)}!`]) {
      await expectRefusal([watched.url], 4, /^This is not a complete moodsync API key\.\n/, key);
    }
    expect(watched.requests()).toBe(0);
  });

  test("a well-formed key that the server does not know", async () => {
    const { text } = newApiKey(server.userId);
    await expectRefusal([server.url], 4, /^The server does not accept this API key/, text);
  });

  test.each([
    ["expired", /^The server's certificate has expired/],
    ["future", /^The server's certificate is not valid yet/],
    ["name", /^The server's certificate is for another name/],
  ])("a server whose certificate is trusted, but wrong: %s", async (name, sentence) => {
    const file = (kind: string) =>
      fileURLToPath(new URL(`../sync/http/tls/${name}.${kind}.pem`, import.meta.url));
    const options = { cert: readFileSync(file("cert")), key: readFileSync(file("key")) };
    const own = createTlsServer(options, (_, response) => response.end());
    opened.push(own);
    await new Promise<void>((done) => own.listen(0, "127.0.0.1", done));
    const url = `https://127.0.0.1:${(own.address() as AddressInfo).port}`;
    const env = { NODE_EXTRA_CA_CERTS: file("cert"), NODE_TLS_REJECT_UNAUTHORIZED: "0" };
    await expectRefusal([url], 1, sentence, server.apiKey, env);
  });

  test("a server that is down, and one that is none", async () => {
    const gone = await answering(() => {});
    opened.pop()?.close();
    await expectRefusal([gone.url], 6, /^The server is not running/);
    const page = await answering((_, response) => response.writeHead(200).end("<html>"));
    await expectRefusal([page.url], 6, /^What answers at this URL is not a moodsync server/);
  });
});

/** Makes the program's own deadlines short, so that the test need not wait for them. */
function shortDeadline(): string {
  const file = join(device.home, "short-deadline.cjs");
  writeFileSync(
    file,
    "const set = setTimeout; globalThis.setTimeout = (work, ms, ...given) => set(work, ms === 60_000 ? 600 : ms, ...given);",
  );
  return file;
}
