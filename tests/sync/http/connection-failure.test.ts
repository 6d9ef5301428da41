import { readFileSync } from "node:fs";
import { createServer as createPlainServer, type Server } from "node:http";
import { createServer as createTlsServer } from "node:https";
import { type AddressInfo, createServer as createTcpServer, type Socket } from "node:net";
import type { TlsOptions } from "node:tls";
import { afterEach, describe, expect, test } from "vitest";
import { toConnectionFailure } from "../../../src/sync/http/connection-failure.ts";
import { createHttpClient } from "../../../src/sync/http/http-client.ts";

const KEY = "marker-key-0123456789";
const closers: (() => unknown)[] = [];
afterEach(() => {
  for (const close of closers.splice(0)) close();
});

async function listen(server: Server): Promise<number> {
  await new Promise<void>((done) => server.listen(0, "127.0.0.1", done));
  closers.push(() => server.close().closeAllConnections());
  return (server.address() as AddressInfo).port;
}

async function raw(onSocket: (socket: Socket) => void): Promise<number> {
  const server = createTcpServer((socket) => onSocket(socket.on("error", () => {})));
  await new Promise<void>((done) => server.listen(0, "127.0.0.1", done));
  closers.push(() => server.close());
  return (server.address() as AddressInfo).port;
}

function certificate(name: string): TlsOptions {
  const file = (kind: string) => readFileSync(new URL(`./tls/${name}.${kind}.pem`, import.meta.url), "utf8");
  return { cert: file("cert"), key: file("key") };
}

/** What a request to a URL fails with; no server here may get its key. */
async function failureAt(endpointUrl: string, env = {}) {
  const client = createHttpClient({ endpointUrl, apiKey: KEY, deadlineMs: 2_000, backoffMs: [], env });
  closers.push(() => client.close());
  const error = await client.send({ method: "GET", path: "/v1/devices" }).catch((thrown) => thrown);
  expect(error.message + error.hint).not.toContain(KEY);
  return error;
}

describe("over https://, nothing is sent and one sentence tells why, where", () => {
  const received: string[] = [];
  const tls = (options: TlsOptions) =>
    listen(
      createTlsServer(options, (request, response) => {
        received.push(request.headers.authorization ?? "");
        response.end("{}");
      }),
    );
  const nothing = (options: object) => expect({ ...options, received }).toMatchObject({ received: [] });

  test("the server speaks plain HTTP", async () => {
    const port = await listen(createPlainServer((_, response) => response.end()));
    const error = await failureAt(`https://127.0.0.1:${port}`);
    expect(error).toMatchObject({
      code: "failure",
      message: "What answers at this URL does not speak https://.",
    });
  });

  test("its certificate is unknown here, although the environment says not to look", async () => {
    const port = await tls(certificate("name"));
    process.env.NODE_TLS_REJECT_UNAUTHORIZED = "0";
    closers.push(() => delete process.env.NODE_TLS_REJECT_UNAUTHORIZED);
    expect((await failureAt(`https://127.0.0.1:${port}`)).message).toMatch(/self-signed/);
    nothing({});
  });

  test("it speaks only an old version", async () => {
    const old = { minVersion: "TLSv1", maxVersion: "TLSv1.1", ciphers: "DEFAULT@SECLEVEL=0" } as const;
    const port = await tls({ ...certificate("name"), ...old });
    expect((await failureAt(`https://127.0.0.1:${port}`)).message).toMatch(/only TLS versions/);
  });

  test("it shares no cipher", async () => {
    const port = await tls({ ...certificate("name"), maxVersion: "TLSv1.2", ciphers: "AES128-SHA" });
    const message = (await failureAt(`https://127.0.0.1:${port}`)).message;
    expect(message).toMatch(/no encryption in common/);
  });
});

test("http:// to a server with a certificate hints at https://", async () => {
  const port = await listen(createTlsServer(certificate("name"), (_, response) => response.end()));
  const error = await failureAt(`http://127.0.0.1:${port}`);
  expect(error).toMatchObject({ code: "unreachable", hint: expect.stringContaining("https://") });
});

test("what speaks no HTTP is told as such", async () => {
  const port = await raw((socket) => socket.end("SSH-2.0-OpenSSH_9.2\r\n"));
  expect((await failureAt(`http://127.0.0.1:${port}`)).message).toMatch(/does not speak HTTP/);
});

describe("every code has a sentence:", () => {
  const said = (code: string, more = {}) =>
    toConnectionFailure(Object.assign(new Error(KEY), { code, ...more }), {
      isPlain: false,
      isProxied: false,
      receivedBytes: 0,
    });

  test.each([
    ["CERT_HAS_EXPIRED", "failure", "has expired"],
    ["CERT_NOT_YET_VALID", "failure", "not valid yet"],
    ["ERR_TLS_CERT_ALTNAME_INVALID", "failure", "another name"],
    ["DEPTH_ZERO_SELF_SIGNED_CERT", "failure", "self-signed"],
    ["UNABLE_TO_VERIFY_LEAF_SIGNATURE", "failure", "intermediate certificates"],
    ["CERT_REVOKED", "failure", "revoked"],
    ["CERT_SIGNATURE_FAILURE", "failure", "(CERT_SIGNATURE_FAILURE)"],
    ["INVALID_PURPOSE", "failure", "(INVALID_PURPOSE)"],
    ["ERR_SSL_WRONG_VERSION_NUMBER", "failure", "does not speak https://"],
    ["ERR_SSL_TLSV13_ALERT_CERTIFICATE_REQUIRED", "failure", "asks for a client certificate"],
    ["ERR_SSL_SOMETHING_NEW", "failure", "(ERR_SSL_SOMETHING_NEW)"],
    ["EPROTO", "failure", "(EPROTO)"],
    ["ECONNREFUSED", "unreachable", "not running"],
    ["ENOTFOUND", "unreachable", "name"],
    ["EAI_AGAIN", "unreachable", "name"],
    ["ENETUNREACH", "unreachable", "network"],
    ["EHOSTUNREACH", "unreachable", "cannot be reached"],
    ["ENETDOWN", "unreachable", "down"],
    ["EACCES", "unreachable", "does not allow"],
    ["EMFILE", "unreachable", "too many files"],
    ["ETIMEDOUT", "unreachable", "in time"],
    ["ECONNRESET", "unreachable", "connection to the server failed."],
    ["ESOMETHING", "unreachable", "connection to the server failed (ESOMETHING)"],
    ["odd code", "unreachable", "connection to the server failed (no code)"],
  ])("%s", (code, kind, words) => {
    const error = said(code);
    expect(error).toMatchObject({ code: kind, message: expect.stringContaining(words) });
    expect(error.message + error.hint).not.toContain(KEY);
  });

  test("EPROTO whose message holds OpenSSL's reason", () => {
    const message =
      "write EPROTO 00D1:error:0A00010B:SSL routines:ssl3_get_record:wrong version number:ssl.c:355:";
    expect(said("EPROTO", { message }).message).toMatch(/does not speak https/);
  });
});

describe("a proxy that the environment names", () => {
  const server = "https://mood.example.invalid";
  /** A proxy that answers each CONNECT so. */
  async function proxy(answer: string) {
    const heads: string[] = [];
    const port = await raw((socket) =>
      socket.on("data", (bytes) => {
        heads.push(String(bytes));
        socket.end(answer);
      }),
    );
    return { heads, at: `127.0.0.1:${port}` };
  }

  test("is asked for the way to an https:// server, with its name and password", async () => {
    const { heads, at } = await proxy("HTTP/1.1 403 Forbidden\r\n\r\n");
    const error = await failureAt(server, { HTTPS_PROXY: `http://name:p%40ss@${at}` });
    expect(heads[0]).toMatch(/^CONNECT mood\.example\.invalid:443 HTTP\/1\.1\r\n/);
    expect(heads[0]).toContain(`Basic ${Buffer.from("name:p@ss").toString("base64")}`);
    expect(heads.join()).not.toContain(KEY);
    expect(error).toMatchObject({
      code: "unreachable",
      message: "The proxy of HTTPS_PROXY does not connect to the server (403).",
    });
    expect(error.message + error.hint).not.toContain("p@ss");
  });

  test("that wants a password is told as such, and so is one that is not there", async () => {
    const { at } = await proxy("HTTP/1.1 407 Proxy Authentication Required\r\n\r\n");
    expect((await failureAt(server, { https_proxy: at })).message).toMatch(/asks for a name and a password/);
    const gone = await failureAt(server, { https_proxy: "http://127.0.0.1:1" });
    expect(gone.message).toBe("The proxy of HTTPS_PROXY cannot be reached (ECONNREFUSED).");
  });

  test("is ended at the deadline when it never answers", async () => {
    const port = await raw(() => {});
    const error = await failureAt(server, { https_proxy: `http://127.0.0.1:${port}` });
    expect(error).toMatchObject({ code: "unreachable", message: "The server did not answer in time." });
  });
});
