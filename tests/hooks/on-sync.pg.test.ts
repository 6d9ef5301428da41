import { readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { expect, test } from "vitest";
import { connectDevice, startAccount } from "../helpers/sync/synced-devices.ts";

test("a sync runs on-sync with what it printed, and a hook that fails changes nothing", async () => {
  const server = await startAccount();
  const device = await connectDevice(server);
  device.env.PATH = process.env.PATH;
  writeFileSync(join(device.home, "on-sync"), '#!/bin/sh\ncat > "$(dirname "$0")/got"\n', { mode: 0o700 });
  const got = () => JSON.parse(readFileSync(join(device.home, "got"), "utf8"));
  await device.json(["log", "mood", "4"]);
  const printed = await device.json(["sync"]);
  expect(printed).toMatchObject({ status: "ok", uploaded: 1 });
  expect(got()).toEqual({ hook: "on-sync", version: 1, outcome: printed });
  writeFileSync(join(device.home, "on-sync"), "#!/bin/sh\nexit 3\n", { mode: 0o700 });
  const { code, stderr } = await device.run(["sync"]);
  expect([code, stderr]).toEqual([0, expect.stringContaining("The hook on-sync ended with 3")]);
  await server.close();
});
