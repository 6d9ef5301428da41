import { setTimeout as sleep } from "node:timers/promises";
import { serverMoodIds, uploadMoods } from "../../helpers/server/program-client.ts";
import { check, checkAgreement, checkPresent, checkReadable, drain } from "../checks.ts";
import { connectedDevice } from "../resources.ts";
import type { Scenario } from "../scenario.ts";

/** The server is killed while devices sync and other clients upload, and started again at once. */
export const killedServer: Scenario = {
  name: "killed server",
  needs: [],
  async run(resources) {
    const rounds = resources.isLong ? 15 : 2;
    const server = await resources.startServer();
    const account = await server.newAccount();
    const devices = [await connectedDevice(resources, account), await connectedDevice(resources, account)];
    const acknowledged = new Set<string>();
    let isOver = false;
    let refused = 0;
    const load = Array.from({ length: 3 }, async () => {
      while (!isOver) {
        try {
          for (const id of await uploadMoods(account, 5)) acknowledged.add(id);
          await sleep(10);
        } catch {
          refused++;
          await sleep(20);
        }
      }
    });
    try {
      for (let round = 0; round < rounds; round++) {
        const device = devices[round % 2]!;
        acknowledged.add((await device.json(["log", "mood", "3"])).id);
        const syncing = device.run(["sync"]);
        await sleep(resources.random.int(600));
        await server.killAndRestart();
        checkReadable(await syncing, [0, 6], "a sync during a kill of the server");
      }
    } finally {
      isOver = true;
      await Promise.all(load);
    }
    await drain(devices);
    const stored = await serverMoodIds(account);
    checkPresent(acknowledged, stored, "on the server");
    check(refused > 0, "no upload met a killed server");
    await checkAgreement(devices, account);
    return `${rounds} kills, ${acknowledged.size} entries acknowledged, ${refused} uploads cut off, 0 lost`;
  },
};
