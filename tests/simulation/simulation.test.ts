import { readdirSync, readFileSync } from "node:fs";
import { beforeAll, describe, expect, it } from "vitest";
import { generateSchedule } from "./generate.ts";
import { LEGACY_CLIENT } from "./legacy-client.ts";
import { loadSubject } from "./load-subject.ts";
import { createSimulation } from "./run.ts";
import type { Schedule } from "./schedule.ts";
import type { Failure } from "./world.ts";

/** Short here; `npm run simulate` runs as many as one likes. */
const RUNS = 400;

let run: (schedule: Schedule) => Promise<Failure>;
beforeAll(async () => {
  run = createSimulation({
    merging: await loadSubject(),
    legacy: await loadSubject(LEGACY_CLIENT),
  });
});

describe("the simulation", () => {
  it(`finds every invariant kept in ${RUNS} schedules`, { timeout: 300_000 }, async () => {
    for (let seed = 1; seed <= RUNS; seed++) {
      expect({ seed, failure: await run(generateSchedule(seed).schedule) }).toEqual({ seed, failure: null });
    }
  });

  const found = new URL("found/", import.meta.url);
  it.each(readdirSync(found))("finds every invariant kept where it once was not: %s", async (file) => {
    const { schedule } = JSON.parse(readFileSync(new URL(file, found), "utf8")) as { schedule: Schedule };
    expect(await run(schedule)).toBeNull();
  });

  it("makes at least 20 steps and 2 devices of a seed, and the same each time", () => {
    for (let seed = 1; seed <= 200; seed++) {
      const { schedule } = generateSchedule(seed);
      expect(schedule.steps.length).toBeGreaterThanOrEqual(20);
      expect(schedule.devices.length).toBeGreaterThanOrEqual(2);
      expect(generateSchedule(seed).schedule).toEqual(schedule);
    }
  });
});
