import { setTimeout as sleep } from "node:timers/promises";
import { beforeAll, beforeEach, expect, test } from "vitest";
import {
  connectedDevice,
  type InstalledServer,
  newDevice,
  startInstalledServer,
} from "../helpers/program/installed-devices.ts";
import { startMoodsync } from "../helpers/program/moodsync.ts";
import type { RunningProgram } from "../helpers/program/program.ts";
import type { ProgramDevice } from "../helpers/program/program-device.ts";
import { serverMoodIds, uploadMoods } from "../helpers/server/program-client.ts";

let server: InstalledServer;
let account: { url: string; apiKey: string };

beforeAll(async () => {
  server = await startInstalledServer();
});
beforeEach(async () => {
  account = { url: server.url, apiKey: (await server.addAccount()).apiKey };
});

/** Runs a command and kills it after so many milliseconds; what it had printed, and whether it was killed. */
async function killAfter(device: ProgramDevice, args: string[], ms: number) {
  const program = startMoodsync(args, { home: device.home });
  const ended = new Promise<void>((resolve) => program.child.once("close", () => resolve()));
  await Promise.race([sleep(ms), ended]);
  const code = await program.stop("SIGKILL");
  return { wasKilled: code === null, stdout: program.output.stdout };
}

/** Kills the command later and later until it ends by itself before that. The steps grow with what has passed, so that a
 *  machine on which it takes ten times as long is not asked for a hundred times as much. */
async function killAtManyMoments(device: ProgramDevice, args: string[], stepMs: number) {
  const printed: string[] = [];
  let kills = 0;
  for (let ms = 20; ; ms += Math.max(stepMs, ms / 10)) {
    const { wasKilled, stdout } = await killAfter(device, args, ms);
    printed.push(stdout);
    if (!wasKilled) break;
    kills++;
  }
  expect(kills).toBeGreaterThan(0);
  return printed;
}

test("a killed log has stored what it acknowledged, and leaves a sound database", async () => {
  const device = newDevice();
  const acknowledged = new Set<string>();
  for (let round = 0; round < 3; round++) {
    for (const printed of await killAtManyMoments(device, ["log", "mood", "3", "--json"], 6)) {
      if (printed.endsWith("}\n")) acknowledged.add(JSON.parse(printed).id);
    }
    expect(device.integrity()).toBe("ok");
  }
  expect(acknowledged.size).toBeGreaterThan(0);
  const stored = await device.moodIds();
  expect([...acknowledged].filter((id) => !stored.has(id))).toEqual([]);
});

test("a sync that is killed again and again loses nothing, and the next one ends the work", async () => {
  const there = await uploadMoods(account, 1_500);
  const device = await connectedDevice(account);
  const here = new Set<string>();
  for (let count = 0; count < 5; count++) here.add((await device.json(["log", "mood", "4"])).id);
  await killAtManyMoments(device, ["sync"], 60);
  expect(device.integrity()).toBe("ok");
  expect(await device.json(["sync"])).toMatchObject({ status: "ok", pending: 0 });
  const all = [...there, ...here].sort();
  expect([...(await device.moodIds())].sort()).toEqual(all);
  expect([...(await serverMoodIds(account))].sort()).toEqual(all);
});

test("a server that is killed during syncs has what it acknowledged when it is back", async () => {
  const own = await startInstalledServer();
  const device = await connectedDevice(own);
  const ids: string[] = [];
  let running: RunningProgram = own;
  for (const ms of [0, 30, 60, 120]) {
    ids.push((await device.json(["log", "mood", "2"])).id);
    const syncing = device.run(["sync", "--json"]);
    await sleep(150 + ms);
    const killed = running.stop("SIGKILL");
    expect([0, 6]).toContain((await syncing).code);
    await killed;
    running = await own.restart();
  }
  expect(await device.json(["sync"])).toMatchObject({ status: "ok", pending: 0 });
  expect([...(await serverMoodIds(own))].sort()).toEqual(ids.sort());
});
