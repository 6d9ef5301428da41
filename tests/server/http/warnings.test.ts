import { chmodSync, mkdtempSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { expect, test } from "vitest";
import { readServerConfig, warningsOf } from "../../../server/config.ts";
import { selfSignedCertificate } from "../../helpers/server/self-signed-certificate.ts";

const USER = 1000;
const config = (host: string) => readServerConfig({ host }, {});

test.each(["127.0.0.1", "127.1.2.3", "::1", "localhost", "::ffff:127.0.0.1"])(
  "%s is this machine alone",
  (host) => expect(warningsOf(config(host), USER)).toEqual([]),
);

test.each(["0.0.0.0", "::", "192.168.1.5", "mood.home.arpa", "127.0.0.1.example.org"])(
  "%s lets other machines in, which without TLS is warned of",
  (host) => expect(warningsOf(config(host), USER)).toEqual([expect.stringContaining("without TLS")]),
);

test("root is warned of, and a key that every user may read", () => {
  expect(warningsOf(config("127.0.0.1"), 0)).toEqual([expect.stringContaining("root")]);
  const directory = mkdtempSync(join(tmpdir(), "moodsync-key-"));
  const { certificate, privateKey } = selfSignedCertificate("mood.example");
  const files = { tlsCert: join(directory, "cert"), tlsKey: join(directory, "key") };
  writeFileSync(files.tlsCert, certificate);
  writeFileSync(files.tlsKey, privateKey, { mode: 0o644 });
  const warned = () => warningsOf(readServerConfig({ host: "0.0.0.0", ...files }, {}), USER);
  expect(warned()).toEqual([expect.stringContaining("can read the key of --tls-key")]);
  chmodSync(files.tlsKey, 0o640);
  expect(warned()).toEqual([]);
});
