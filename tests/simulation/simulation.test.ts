import { readdirSync, readFileSync } from "node:fs";
import { beforeAll, describe, expect, test } from "vitest";
import { generateSchedule } from "./generate.ts";
import { applyPatch } from "./load-bundle.ts";
import { loadSimulation } from "./load-simulation.ts";
import { PLANTED_BUGS } from "./planted-bugs/planted-bugs.ts";
import type { Schedule } from "./schedule.ts";
import type { Failure } from "./world.ts";

/** Short here; `npm run simulate` runs as many as one likes. */
const RUNS = 400;

let run: (schedule: Schedule) => Promise<Failure>;
beforeAll(async () => {
  run = (await loadSimulation()).createRun();
});

describe("the simulation", () => {
  test(`finds every invariant kept in ${RUNS} schedules`, { timeout: 300_000 }, async () => {
    for (let seed = 1; seed <= RUNS; seed++) {
      expect({ seed, failure: await run(generateSchedule(seed).schedule) }).toEqual({ seed, failure: null });
    }
  });

  const found = new URL("found/", import.meta.url);
  test.each(readdirSync(found))("finds every invariant kept where it once was not: %s", async (file) => {
    const { schedule } = JSON.parse(readFileSync(new URL(file, found), "utf8")) as { schedule: Schedule };
    expect(await run(schedule)).toBeNull();
  });

  test.each(PLANTED_BUGS)("can still plant the bug: $name", ({ patches }) => {
    for (const patch of patches) {
      const source = readFileSync(new URL(`../../${patch.file}`, import.meta.url), "utf8");
      expect(applyPatch(source, patch)).not.toBe(source);
    }
  });

  test("makes at least 20 steps and 2 devices of a seed, and the same each time", () => {
    for (let seed = 1; seed <= 200; seed++) {
      const { schedule } = generateSchedule(seed);
      expect(schedule.steps.length).toBeGreaterThanOrEqual(20);
      expect(schedule.devices.length).toBeGreaterThanOrEqual(2);
      expect(generateSchedule(seed).schedule).toEqual(schedule);
    }
  });
});
