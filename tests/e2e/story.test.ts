import { readFileSync, realpathSync } from "node:fs";
import { join } from "node:path";
import { afterAll, expect, test } from "vitest";
import { serverEntities } from "../../scripts/demo/agreement.ts";
import { openSqlite } from "../../src/files/open-sqlite.ts";
import { createTestDatabase } from "../helpers/postgres/postgres.ts";
import { newHome, removeHome } from "../helpers/program/home.ts";
import { newDevice } from "../helpers/program/installed-devices.ts";
import { moodsyncBin } from "../helpers/program/moodsync.ts";
import { enableSync, type ProgramDevice } from "../helpers/program/program-device.ts";
import { type ProgramServer, serveProgram } from "../helpers/program/program-server.ts";

const NOTE = "PRIVATE-NOTE-7f1c";
const LATER_NOTE = "PRIVATE-NOTE-be02";
const LABEL = "PRIVATE-LABEL-31d8";
const ANSWERS = "2,1,2,1,2,1,2,1,0";
const SECRETS = [NOTE, LATER_NOTE, LABEL, ANSWERS];

const serverHome = newHome();
const servers: ProgramServer[] = [];

afterAll(async () => {
  for (const server of servers) await server.stop();
  removeHome(serverHome);
});

async function serve(port = "0"): Promise<ProgramServer> {
  const server = await serveProgram(moodsyncBin(), { home: serverHome, port });
  servers.push(server);
  return server;
}

const entitiesOf = async (device: ProgramDevice) => JSON.parse(await device.ok(["export"])).entities;

/** All that a device tells of its syncs. */
async function syncRecords(device: ProgramDevice): Promise<string> {
  const db = openSqlite(join(device.home, "moodsync.db"), { readonly: true });
  const runs = db.prepare("select * from sync_runs").all();
  db.close();
  return JSON.stringify([runs, await device.json(["sync", "status"])]);
}

test("two devices and the server agree after an outage, two edits of one entry and a deletion, and no log tells any of it", async () => {
  const [laptop, phone] = [newDevice(), newDevice()];
  await laptop.ok(["log", "mood", "4", "-a", LABEL, "-n", NOTE]);
  await laptop.ok(["log", "mood", "2"]);
  await laptop.ok(["log", "assessment", "PHQ-9", "--answers", ANSWERS]);

  const server = await serve();
  const keyFile = /--key-file (\S+)/.exec(server.output.stderr)![1]!;
  const apiKey = readFileSync(keyFile, "utf8").trim();
  for (const device of [laptop, phone]) await enableSync(device, { url: server.url, apiKey });
  await laptop.ok(["sync"]);
  await phone.ok(["sync"]);
  const first = await entitiesOf(phone);
  expect(first).toEqual(await entitiesOf(laptop));

  expect(await server.stop("SIGINT")).toBe(0);
  await phone.ok(["log", "mood", "5", "-n", LATER_NOTE]);
  expect(await phone.run(["sync"])).toMatchObject({ code: 6, stdout: "" });
  await serve(server.port);
  await phone.ok(["sync"]);
  await laptop.ok(["sync"]);

  const idOf = (value: number) =>
    first.mood_entries.find((mood: { value: number }) => mood.value === value).id as string;
  await laptop.ok(["edit", idOf(4), "--note", `${NOTE} edited`]);
  await phone.ok(["edit", idOf(4), "--value", "5"]);
  await laptop.ok(["delete", idOf(2), "--yes"]);
  for (const device of [laptop, phone, laptop, phone]) await device.ok(["sync"]);

  const held = await entitiesOf(laptop);
  expect(await entitiesOf(phone)).toEqual(held);
  expect(await serverEntities(server.url, apiKey)).toEqual(held);
  expect(held.mood_entries).toHaveLength(2);
  expect(held.mood_entries.find(({ id }: { id: string }) => id === idOf(4))).toMatchObject({
    value: 5,
    note: `${NOTE} edited`,
  });
  expect(held.assessments).toMatchObject([{ answers: ANSWERS.split(",").map(Number) }]);

  for (const server of servers) await server.stop();
  const postgresLog = readFileSync(
    join(realpathSync(join(serverHome, "state/server/postgres")), "postgres.log"),
    "utf8",
  );
  const serverLog = servers.map(({ output }) => output.stdout + output.stderr).join("");
  const records = (await syncRecords(laptop)) + (await syncRecords(phone));
  expect(serverLog).toContain('"route":"/v1/sync/upload"');
  expect(postgresLog).toContain("database system is ready");
  expect(records).toContain("unreachable");
  const ids = Object.values(held as Record<string, { id: string }[]>).flatMap((group) =>
    group.map(({ id }) => id),
  );
  for (const secret of [...SECRETS, apiKey, apiKey.slice(37, -9), ...ids]) {
    expect(serverLog + postgresLog + records).not.toContain(secret);
  }
});

test.runIf(process.platform === "linux")(
  "the password of a database is in no output and not in the list of processes",
  async () => {
    const url = new URL(await createTestDatabase());
    url.password = "PRIVATE-PASSWORD-55";
    const home = newDevice().home;
    const server = await serveProgram(moodsyncBin(), { home, args: ["--db", url.href] });
    servers.push(server);
    expect(readFileSync(`/proc/${server.child.pid}/cmdline`, "utf8")).toMatch(/^moodsync[ a-z]*\0*$/);
    await server.stop();
    expect(server.output.stderr).toContain("MOODSYNC_DB_URL");
    expect(server.output.stdout + server.output.stderr).not.toContain("PRIVATE-PASSWORD");
  },
);
