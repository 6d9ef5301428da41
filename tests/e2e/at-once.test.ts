import { beforeAll, expect, test } from "vitest";
import {
  connectedDevice,
  type InstalledServer,
  newDevice,
  startInstalledServer,
} from "../helpers/program/installed-devices.ts";
import type { ProgramDevice } from "../helpers/program/program-device.ts";
import { serverMoodIds, uploadMoods } from "../helpers/server/program-client.ts";

let server: InstalledServer;

beforeAll(async () => {
  server = await startInstalledServer();
});

/** Starts so many `moodsync log mood` together; the ids of those that were acknowledged. */
async function logAtOnce(device: ProgramDevice, count: number): Promise<string[]> {
  const logged = await Promise.all(
    Array.from({ length: count }, () => device.run(["log", "mood", "3", "--json"])),
  );
  expect(logged.filter(({ code }) => code !== 0)).toEqual([]);
  return logged.map(({ stdout }) => JSON.parse(stdout).id as string);
}

test("50 commands that log at once in an empty home all store their entry", async () => {
  const device = newDevice();
  const ids = await logAtOnce(device, 50);
  expect(new Set(ids).size).toBe(50);
  expect([...(await device.moodIds())].sort()).toEqual(ids.sort());
});

test("commands that log while a sync takes 3,000 entries lose nothing, and nothing of it is lost", async () => {
  const { apiKey } = await server.addAccount();
  const account = { url: server.url, apiKey };
  const there = await uploadMoods(account, 3_000);
  const device = await connectedDevice(account);
  const [synced, ids] = await Promise.all([device.json(["sync"]), logAtOnce(device, 20)]);
  expect(synced).toMatchObject({ status: "ok", downloaded: 3_000 });
  expect(await device.json(["sync"])).toMatchObject({ status: "ok", pending: 0 });
  const all = [...there, ...ids].sort();
  expect([...(await device.moodIds())].sort()).toEqual(all);
  expect([...(await serverMoodIds(account))].sort()).toEqual(all);
});

test("of several syncs that start at once one does the work, and the others say so", async () => {
  const { apiKey } = await server.addAccount();
  const account = { url: server.url, apiKey };
  const there = await uploadMoods(account, 1_000);
  const device = await connectedDevice(account);
  const outcomes = await Promise.all([1, 2, 3].map(() => device.json(["sync"])));
  expect(outcomes.map(({ status }) => status).filter((status) => !["ok", "busy"].includes(status))).toEqual(
    [],
  );
  expect(outcomes.reduce((sum, { downloaded }) => sum + downloaded, 0)).toBe(1_000);
  expect((await device.moodIds()).size).toBe(there.length);
});
