import { execFileSync } from "node:child_process";
import { enableSync, programDevice } from "../../helpers/program/program-device.ts";
import { serverMoodIds, uploadMoods } from "../../helpers/server/program-client.ts";
import { check, checkPresent, checkReadable, checkSound, drain } from "../checks.ts";
import type { Scenario } from "../scenario.ts";

const SIZES_KB = [150, 300, 400, 700, 2_000];
const NOTE = "word ".repeat(1_500);

/** A device on a small file system of its own logs and syncs until the disk is full, and goes on when there is room. */
export const fullDisk: Scenario = {
  name: "full disk",
  needs: ["root"],
  async run(resources) {
    const server = await resources.startServer();
    let logged = 0;
    let filled = 0;
    for (const sizeKb of SIZES_KB) {
      const home = resources.newDirectory();
      mount(home, sizeKb);
      try {
        const account = await server.newAccount();
        const device = programDevice(resources.bin, home);
        const acknowledged = new Set<string>();
        const there = await uploadMoods(account, 3_000);
        const first = await device.run(["log", "mood", "1", "--json"]);
        checkReadable(first, [0, 1], "the first log");
        if (first.code === 0) {
          acknowledged.add(JSON.parse(first.stdout).id);
          await enableSync(device, account);
          for (let isFull = false; !isFull; ) {
            const result = await device.run(["log", "mood", "4", "-n", NOTE, "--json"]);
            checkReadable(result, [0, 1], "a log on a disk that fills");
            isFull = result.code === 1;
            if (isFull)
              check(result.stdout.includes("The disk is full"), `the refusal says ${result.stdout}`);
            else acknowledged.add(JSON.parse(result.stdout).id);
          }
          filled++;
          const synced = await device.run(["sync"]);
          checkReadable(synced, [1], "a sync on a full disk");
          check(synced.stderr.startsWith("The disk is full"), `the sync says ${synced.stderr}`);
        }
        checkReadable(await device.run(["help-now"]), [0], "help on a full disk");

        execFileSync("mount", ["-o", "remount,size=50m", home]);
        acknowledged.add((await device.json(["log", "mood", "5"])).id);
        checkSound(device);
        checkPresent(acknowledged, await device.moodIds(), "in the database");
        if (first.code !== 0) await enableSync(device, account);
        await drain([device]);
        const stored = await serverMoodIds(account);
        checkPresent([...acknowledged, ...there], stored, "on the server");
        checkPresent(stored, await device.moodIds(), "on the device");
        check(stored.size === acknowledged.size + there.length, "something is there that nobody logged");
        logged += acknowledged.size;
      } finally {
        execFileSync("umount", [home]);
      }
    }
    return `${SIZES_KB.length} disks filled, ${filled} of them after the first log, ${logged} entries acknowledged, 0 lost`;
  },
};

function mount(directory: string, sizeKb: number): void {
  execFileSync("mount", ["-t", "tmpfs", "-o", `size=${sizeKb}k`, "tmpfs", directory]);
}
