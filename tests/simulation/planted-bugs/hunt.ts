import { loadSimulation } from "../load-simulation.ts";
import type { PlantedBug } from "./planted-bugs.ts";

/** Every planted bug must be found within so many schedules. */
const MAX_SCHEDULES = 10_000;

/** How many schedules from `firstSeed` on it took to notice a bug, and what it broke; null when it survived them all. */
export async function hunt(
  { patches, mix = "" }: PlantedBug,
  firstSeed = 1,
): Promise<{ schedules: number; broke: string } | null> {
  const { createRun, generateSchedule } = await loadSimulation(patches);
  const run = createRun();
  for (let seed = firstSeed, schedules = 0; schedules < MAX_SCHEDULES; seed++) {
    const generated = generateSchedule(seed);
    if (!generated.mix.name.startsWith(mix)) continue;
    schedules++;
    const failure = await run(generated.schedule);
    if (failure) return { schedules, broke: failure.invariant };
  }
  return null;
}
