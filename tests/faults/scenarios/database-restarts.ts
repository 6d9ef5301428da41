import { randomUUID } from "node:crypto";
import { setTimeout as sleep } from "node:timers/promises";
import { send } from "../../helpers/server/http-server.ts";
import { serverMoodIds } from "../../helpers/server/program-client.ts";
import { moodChange } from "../../helpers/sync/sync-server.ts";
import { check, checkAgreement, checkPresent, checkReadable, drain } from "../checks.ts";
import { type Account, connectedDevice } from "../resources.ts";
import type { Scenario } from "../scenario.ts";

const ACCOUNTS = 3;
const WRITERS_PER_ACCOUNT = 2;
/** Keeps the writers of a key below the server's limit of requests in a minute. */
const BETWEEN_UPLOADS_MS = 30;
const RECOVERY_MS = 5_000;

/** PostgreSQL is ended as by a crash and started again, twenty times, while six writers and a device go on. */
export const databaseRestarts: Scenario = {
  name: "database restarts",
  needs: [],
  async run(resources) {
    const restarts = resources.isLong ? 20 : 2;
    const postgres = await resources.startPostgres();
    const server = await resources.startServer(postgres.url);
    const { child } = server.process();
    const accounts: Account[] = [];
    while (accounts.length < ACCOUNTS) accounts.push(await server.newAccount());
    const device = await connectedDevice(resources, accounts[0]!);
    const acknowledged = new Map(accounts.map((account) => [account, new Set<string>()]));
    const countByStatus = new Map<number, number>();
    let isOver = false;
    const write = async (account: Account) => {
      const deviceId = randomUUID();
      while (!isOver) {
        const body = { device_id: deviceId, client_cursor: null, changes: [moodChange(), moodChange()] };
        const answer = await send(account.url, "POST", "/v1/sync/upload", { apiKey: account.apiKey, body });
        countByStatus.set(answer.status, (countByStatus.get(answer.status) ?? 0) + 1);
        if (answer.status === 200)
          for (const id of answer.body.applied_ids) acknowledged.get(account)!.add(id);
        await sleep(BETWEEN_UPLOADS_MS);
      }
    };
    const writing = Promise.all(
      accounts.flatMap((account) => Array.from({ length: WRITERS_PER_ACCOUNT }, () => write(account))),
    );
    let slowestMs = 0;
    const restarting = (async () => {
      for (let restart = 0; restart < restarts; restart++) {
        acknowledged.get(accounts[0]!)!.add((await device.json(["log", "mood", "3"])).id);
        const syncing = device.run(["sync"]);
        await sleep(resources.random.int(400));
        await postgres.crash(resources.random.pick([0, 0, 500]));
        slowestMs = Math.max(slowestMs, await untilReady(accounts[0]!.url));
        checkReadable(await syncing, [0, 6], "a sync during a restart of the database");
      }
    })().finally(() => {
      isOver = true;
    });
    await Promise.all([restarting, writing]);

    check(child.exitCode === null && child.signalCode === null, "the server's process did not survive");
    const unforeseen = [...countByStatus.keys()].filter((status) => ![200, 503].includes(status));
    check(unforeseen.length === 0, `the server answered with ${unforeseen}`);
    check((countByStatus.get(503) ?? 0) > 0, "no upload met a restart");
    check(slowestMs <= RECOVERY_MS, `the server needed ${slowestMs} ms to recover`);
    await drain([device]);
    let entries = 0;
    for (const [account, ids] of acknowledged) {
      checkPresent(ids, await serverMoodIds(account), "on the server");
      entries += ids.size;
    }
    await checkAgreement([device], accounts[0]!);
    return (
      `${restarts} restarts, ${entries} entries acknowledged, ${countByStatus.get(503)} answers of 503, ` +
      `recovered within ${slowestMs} ms each time, 0 lost`
    );
  },
};

/** How long after PostgreSQL took connections again the server said that it is ready, in ms. */
async function untilReady(url: string): Promise<number> {
  const startedAtMs = performance.now();
  for (;;) {
    const { status } = await fetch(`${url}/ready`);
    const tookMs = Math.round(performance.now() - startedAtMs);
    if (status === 200 || tookMs > 2 * RECOVERY_MS) return tookMs;
    await sleep(20);
  }
}
