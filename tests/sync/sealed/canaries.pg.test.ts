import { execFileSync, spawnSync } from "node:child_process";
import { randomUUID } from "node:crypto";
import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import type postgres from "postgres";
import { afterAll, beforeAll, expect, test } from "vitest";
import { activityId } from "../../../src/domain/entities/natural-key.ts";
import { createTestDatabase } from "../../helpers/postgres/postgres.ts";
import { connect } from "../../helpers/postgres/postgres-databases.ts";
import { allRows, filesWith } from "../../helpers/postgres/search-database.ts";
import { startTestServer, type TestServer } from "../../helpers/server/http-server.ts";
import { type LosingProxy, startLosingProxy } from "../../helpers/sync/losing-proxy.ts";
import { joinDevice, run, sealedDevice } from "../../helpers/sync/sealed-devices.ts";
import { sync } from "../../helpers/sync/synced-devices.ts";

const MARK = `canary${randomUUID().replaceAll("-", "")}`;
const LABEL = `${MARK} label`;

let databaseUrl: string;
let server: TestServer;
let proxy: LosingProxy;
let sql: postgres.Sql;
/** The write-ahead log began here. */
let firstSegment: string;
/** Ids of entities as the devices have them. */
let localIds: string[];
let key: string;
let homes: string[];

beforeAll(async () => {
  databaseUrl = await createTestDatabase();
  server = await startTestServer(databaseUrl);
  proxy = await startLosingProxy(server.url);
  sql = connect(databaseUrl);
  const [wal] = await sql<{ segment: string }[]>`select pg_walfile_name(pg_current_wal_lsn()) as segment`;
  firstSegment = wal!.segment;
  const account = { url: proxy.url, apiKey: (await server.newAccount()).apiKey };
  const { device: a, keyFile } = await sealedDevice(account, `${MARK} device`);
  const mood = await a.json(["log", "mood", "4", "-a", LABEL, "-n", `${MARK} note`]);
  const removed = await a.json(["log", "mood", "1", "-n", `${MARK} removed`]);
  await a.json(["log", "assessment", "phq9", "--answers", "1,1,1,1,1,1,1,0,0"]);
  await sync(a);
  const b = await joinDevice(account, keyFile);
  await sync(b);
  await b.json(["edit", mood.id, "--note", `${MARK} there`]);
  await a.json(["edit", mood.id, "--value", "2"]);
  await a.json(["delete", removed.id]);
  for (const device of [b, a, b]) await sync(device);
  const newFile = join(a.home, "new.key");
  await run(a, ["sync", "key", "rotate", "--sealing-key-out", newFile]);
  await run(b, ["sync", "key", "enter", "--sealing-key-file", newFile]);
  await sync(b);
  await a.json(["sync", "verify"]);
  await run(a, ["sync", "status", "--online"]);
  await run(a, ["history", mood.id, "--server"]);
  key = readFileSync(newFile, "utf8").trim();
  localIds = [mood.id, removed.id, activityId(LABEL)];
  homes = [a.home, b.home];
});
afterAll(async () => {
  await sql.end();
  proxy.close();
  await server.close();
});

test("nothing that a device sends, or that its server stores or logs, tells what a sealed account holds", async () => {
  const places = { sent: proxy.sent(), rows: await allRows(sql), log: server.logText() };
  expect(places.sent).toContain("/v1/sealed/upload");
  expect(places.rows).toContain('"envelope"');
  const words = ["MoodEntry", "AssessmentEntry", "PHQ-9", '"recorded_at":', '"taken_at":', '"metadata":'];
  for (const text of [MARK, ...localIds, ...words, "SEAL1", key]) {
    const found = Object.entries(places).filter(([, content]) => content.includes(text));
    expect({ text, found: found.map(([place]) => place) }).toEqual({ text, found: [] });
  }
  for (const text of [MARK, ...localIds, key]) expect(await filesWith(sql, text, firstSegment)).toEqual([]);
});

test("the sealing key is in no file of a device but its own", () => {
  for (const home of homes) {
    const files = readdirSync(home, { recursive: true, withFileTypes: true }).filter((entry) =>
      entry.isFile(),
    );
    const holding = files.filter(({ parentPath, name }) =>
      readFileSync(join(parentPath, name)).includes(key.slice(6)),
    );
    expect(holding.map(({ name }) => name).sort()).toEqual(
      home === homes[0] ? ["new.key", "sealing-key"] : ["sealing-key"],
    );
  }
});

const dumpOf = (url: string) => spawnSync("pg_dump", ["--dbname", url], { encoding: "utf8" });
const hasCryptography = spawnSync("python3", ["-c", "import cryptography"]).status === 0;

test("a dump tells nothing, and another implementation opens it with the key", ({ skip }) => {
  const { status, stdout: dump } = dumpOf(databaseUrl);
  skip(status !== 0 || !hasCryptography, "pg_dump of this PostgreSQL, or Python's cryptography, is not here");
  for (const text of [MARK, ...localIds, key]) expect(dump.includes(text)).toBe(false);
  const script = fileURLToPath(new URL("../../sealing/make-vectors.py", import.meta.url));
  const opened = execFileSync("python3", [script, "--open"], {
    input: dump,
    encoding: "utf8",
    env: { ...process.env, MOODSYNC_SEALING_KEY: key },
  });
  for (const text of [`${MARK} there`, LABEL, ...localIds]) expect(opened).toContain(text);
});
