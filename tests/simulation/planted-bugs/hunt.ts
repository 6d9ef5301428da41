import { loadSimulation } from "../load-simulation.ts";
import type { PlantedBug } from "./planted-bugs.ts";

/** Every planted bug must be found within so many schedules. */
const MAX_SCHEDULES = 10_000;

/** How many schedules it took to notice a bug, and what it broke; null when it survived them all. */
export async function hunt({ patches }: PlantedBug): Promise<{ schedules: number; broke: string } | null> {
  const { createRun, generateSchedule } = await loadSimulation(patches);
  const run = createRun();
  for (let seed = 1; seed <= MAX_SCHEDULES; seed++) {
    const failure = await run(generateSchedule(seed).schedule);
    if (failure) return { schedules: seed, broke: failure.invariant };
  }
  return null;
}
