import { serverMoodIds, uploadMoods } from "../../helpers/server/program-client.ts";
import { check, checkAgreement, checkPresent, checkReadable, checkSound, drain } from "../checks.ts";
import { connectedDevice } from "../resources.ts";
import type { Scenario } from "../scenario.ts";

const LOGS = 50;

/** Fifty commands log at once while two syncs of the same device take ten thousand changes and a third process
 *  exports again and again. */
export const atOnce: Scenario = {
  name: "at once",
  needs: [],
  async run(resources) {
    const changes = resources.isLong ? 10_000 : 2_000;
    const account = await (await resources.startServer()).newAccount();
    const acknowledged = new Set(await uploadMoods(account, changes));
    const device = await connectedDevice(resources, account);
    const count = { exports: 0, duringSync: 0 };
    let isSyncing = true;
    let isOver = false;
    const exporting = (async () => {
      while (!isOver) {
        checkReadable(await device.run(["export"]), [0], "an export meanwhile");
        count.exports++;
      }
    })();
    const syncing = Promise.all([device.json(["sync"]), device.json(["sync"])]).finally(() => {
      isSyncing = false;
    });
    const logging = Array.from({ length: LOGS }, async () => {
      acknowledged.add((await device.json(["log", "mood", "4"])).id);
      if (isSyncing) count.duringSync++;
    });
    const ended = Promise.all([syncing, ...logging]).finally(() => {
      isOver = true;
    });
    const [[outcomes]] = await Promise.all([ended, exporting]);

    const statuses = outcomes.map(({ status }) => status as string).sort();
    check(
      statuses.every((status) => ["ok", "busy"].includes(status)),
      `the syncs ended with ${statuses}`,
    );
    check(count.duringSync > 0, "no log came while a sync ran");
    await drain([device]);
    checkSound(device);
    checkPresent(acknowledged, await device.moodIds(), "on the device");
    checkPresent(acknowledged, await serverMoodIds(account), "on the server");
    await checkAgreement([device], account);
    return (
      `${LOGS} logs (${count.duringSync} of them ended before the sync), 2 syncs (${statuses.join(" and ")}) ` +
      `and ${count.exports} exports during ${changes} changes, 0 lost`
    );
  },
};
