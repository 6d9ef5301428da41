import { chmodSync, mkdtempSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { describe, expect, test } from "vitest";
import { readServerConfig, warningsOf } from "../../server/config.ts";
import { hasPassword, parseDatabaseUrl } from "../../server/db/database-url.ts";
import { selfSignedCertificate } from "../helpers/server/self-signed-certificate.ts";

describe("the server's configuration", () => {
  test("listens on this machine only, on 8787, with a database of its own, unless told otherwise", () => {
    expect(readServerConfig({}, {})).toEqual({
      databaseUrl: undefined,
      prepare: true,
      host: "127.0.0.1",
      port: 8787,
      tls: undefined,
      metrics: false,
      metricsPort: undefined,
      quotas: { bytes: 1_000_000_000, keys: 100, devices: 200 },
    });
  });

  test("takes options before the environment", () => {
    const env = { MOODSYNC_DB_URL: "postgres://env/x", MOODSYNC_HOST: "::1", MOODSYNC_PORT: "1" };
    expect(readServerConfig({}, env)).toMatchObject({
      databaseUrl: "postgres://env/x",
      host: "::1",
      port: 1,
    });
    expect(readServerConfig({ db: "postgres://db/y", host: "0.0.0.0", port: "0" }, env)).toMatchObject({
      databaseUrl: "postgres://db/y",
      host: "0.0.0.0",
      port: 0,
    });
  });

  test.each(["-1", "65536", "80a", "", "8.5", "0x50"])("refuses the port %j", (port) => {
    expect(() => readServerConfig({ port }, {})).toThrow("The port must be a number from 0 to 65535.");
    expect(() => readServerConfig({ metricsPort: port }, {})).toThrow("The port must be a number from");
  });

  test.each(["mysql://user:hidden@host/x", "hidden", "postgres//hidden"])(
    "refuses the database URL %j without quoting it",
    (db) => {
      expect(() => readServerConfig({ db }, {})).toThrow(/^The database URL is not of the form/);
    },
  );

  test.each([
    ["postgres://u:100%@h/x", /^The database URL has a % that does not begin a percent-encoded character\.$/],
    ["postgres://u@h/%zz", /^The database URL has a % that does not begin a/],
    ["postgres://h/x?password=hidden", /^The database URL has "password" after its \?/],
    ["postgres://h/x?host=elsewhere", /^The host after the \? of the database URL is not the directory/],
  ])("refuses the database URL %j, which would be misread", (db, message) => {
    expect(() => readServerConfig({ db }, {})).toThrow(message);
    expect(() => readServerConfig({ db }, {})).not.toThrow("hidden");
  });

  test("wants a certificate and its key together", () => {
    expect(() => readServerConfig({ tlsCert: "x" }, {})).toThrow("only of use together");
  });
});

describe("a database URL", () => {
  test("can name the directory of a Unix socket", () => {
    const url = "postgres://me@localhost/db?host=%2Frun%2Fpostgresql";
    expect(parseDatabaseUrl(url)).toEqual({
      url: "postgres://me@localhost/db",
      port: 5432,
      database: "db",
      path: "/run/postgresql/.s.PGSQL.5432",
    });
  });

  test("keeps a parameter of PostgreSQL, but none that every connection sets itself", () => {
    const url = "postgres://me@h/db?search_path=mood&DateStyle=German&application_name=x";
    expect(parseDatabaseUrl(url).url).toBe("postgres://me@h/db?search_path=mood");
  });

  test("decodes the database's name", () => {
    expect(parseDatabaseUrl("postgres://me@h/my%20moods").database).toBe("my moods");
  });

  test("tells whether it holds a password", () => {
    expect(hasPassword("postgres://me:secret@host/db")).toBe(true);
    expect(hasPassword("postgres://me@host/db")).toBe(false);
  });
});

describe("what a start warns of", () => {
  const USER = 1000;
  const listeningOn = (host: string) => readServerConfig({ host }, {});

  test.each(["127.0.0.1", "127.1.2.3", "::1", "localhost", "::ffff:127.0.0.1"])(
    "%s is this machine alone",
    (host) => expect(warningsOf(listeningOn(host), USER)).toEqual([]),
  );

  test.each(["0.0.0.0", "::", "192.168.1.5", "mood.home.arpa", "127.0.0.1.example.org"])(
    "%s lets other machines in, which without TLS is warned of",
    (host) => expect(warningsOf(listeningOn(host), USER)).toEqual([expect.stringContaining("without TLS")]),
  );

  test("root is warned of, and a key that every user may read", () => {
    expect(warningsOf(listeningOn("127.0.0.1"), 0)).toEqual([expect.stringContaining("root")]);
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
});
