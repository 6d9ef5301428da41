import { writeFileSync } from "node:fs";
import { join } from "node:path";
import { afterAll, beforeAll, expect, test } from "vitest";
import { acquireSyncLock } from "../../src/sync/sync-lock.ts";
import { createDevice } from "../helpers/device/device.ts";
import { connectDevice, startAccount } from "../helpers/sync/synced-devices.ts";

let server: Awaited<ReturnType<typeof startAccount>>;

beforeAll(async () => {
  server = await startAccount();
});
afterAll(() => server.close());

const QUIET = ["sync", "--quiet"];
const ONE_LINE = /^[^\n]+\.\n$/;

test("prints nothing when it worked, or when another sync is at work", async () => {
  const device = await connectDevice(server);
  await device.run(["log", "mood", "4"]);
  expect(await device.run(QUIET)).toEqual({ code: 0, stdout: "", stderr: "" });
  expect(await device.json(["sync", "status"])).toMatchObject({ pending: 0 });
  const release = acquireSyncLock(join(device.home, "state"))!;
  expect(await device.run(QUIET)).toEqual({ code: 0, stdout: "", stderr: "" });
  release();
});

test("prints one line when sync is not set up, has no key, or has a database that cannot be opened", async () => {
  const device = createDevice();
  expect(await device.run(QUIET)).toEqual({ code: 7, stdout: "", stderr: expect.stringMatching(ONE_LINE) });
  const keyless = await connectDevice(server);
  keyless.env.MOODSYNC_API_KEY = "msk_mistyped";
  expect(await keyless.run(QUIET)).toEqual({ code: 4, stdout: "", stderr: expect.stringMatching(ONE_LINE) });
  const broken = createDevice();
  writeFileSync(join(broken.home, "moodsync.db"), "this is no database".repeat(100));
  expect(await broken.run(QUIET)).toEqual({ code: 1, stdout: "", stderr: expect.stringMatching(ONE_LINE) });
});
