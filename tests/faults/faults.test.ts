import { expect, test } from "vitest";
import { createTestDatabase } from "../helpers/postgres/postgres.ts";
import { moodsyncBin } from "../helpers/program/moodsync.ts";
import { createRandom } from "../simulation/random.ts";
import { openResources } from "./resources.ts";
import { SCENARIOS } from "./scenarios.ts";

/** Another one at each run; a failure names it, and FAULTS_SEED repeats it. */
const seed = Number(process.env.FAULTS_SEED ?? Date.now() % 1_000_000);

// What this machine may lack, and what takes long, is part of `npm run faults` only.
test.concurrent.for(SCENARIOS.filter(({ needs }) => needs.length === 0))(
  `$name: nothing lost, nothing stuck (seed ${seed})`,
  { timeout: 300_000 },
  async ({ run }, { onTestFinished }) => {
    const resources = openResources({
      bin: moodsyncBin(),
      random: createRandom(seed),
      isLong: false,
      createDatabase: createTestDatabase,
    });
    onTestFinished(() => resources.close());
    expect(await run(resources)).toContain("0 lost");
  },
);
