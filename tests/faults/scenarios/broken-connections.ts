import { checkBitten, describeFaults, randomFault, syncBroken } from "../broken-sync.ts";
import { check, checkAgreement, checkPresent, drain } from "../checks.ts";
import { FAULT_KINDS, type FaultKind, startProxy } from "../proxy.ts";
import { connectedDevice } from "../resources.ts";
import type { Scenario } from "../scenario.ts";

/** Two devices sync over connections that break in every way, once or so often that the sync gives up. */
export const brokenConnections: Scenario = {
  name: "broken connections",
  needs: [],
  async run(resources) {
    const { random } = resources;
    const rounds = resources.isLong ? 15 : 1;
    const server = await resources.startServer();
    const proxy = await startProxy(server.port);
    try {
      const { apiKey } = await server.newAccount();
      const account = { url: proxy.url, apiKey };
      const devices = [
        await connectedDevice(resources, account, "a"),
        await connectedDevice(resources, account, "b"),
      ];
      const acknowledged = new Set<string>();
      const givenUp = new Map<FaultKind, number>();
      let syncs = 0;
      for (let round = 0; round < rounds; round++) {
        for (const kind of FAULT_KINDS) {
          const device = random.pick(devices);
          for (let count = random.int(3); count >= 0; count--) {
            acknowledged.add((await device.json(["log", "mood", "3", "-n", "word ".repeat(200)])).id);
          }
          const again = round % 3 === 0;
          const fault = again ? { kind, afterBytes: 50, ms: 2_000 } : randomFault(random, kind);
          const skip = again ? 0 : random.int(2);
          const { code } = await syncBroken(device, { proxy, fault, skip, again });
          if (code !== 0) givenUp.set(kind, (givenUp.get(kind) ?? 0) + 1);
          syncs++;
        }
      }
      checkBitten(proxy.hits, givenUp);
      await drain(devices);
      const held = await checkAgreement(devices, account);
      checkPresent(acknowledged, new Set(held.mood_entries!.map(({ id }) => id)), "on the server");
      check(held.mood_entries!.length === acknowledged.size, "something is there that nobody logged");
      return `${syncs} syncs, ${describeFaults(proxy.hits, givenUp)}, ${acknowledged.size} entries, 0 lost`;
    } finally {
      proxy.close();
    }
  },
};
