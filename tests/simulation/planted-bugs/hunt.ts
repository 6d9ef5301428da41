import { loadClients } from "../clients.ts";
import { generateSchedule } from "../generate.ts";
import { createSimulation } from "../run.ts";
import type { PlantedBug } from "./planted-bugs.ts";

/** Every planted bug must be found within so many schedules. */
const MAX_SCHEDULES = 10_000;

/** How many schedules it took to notice a bug, and what it broke; null when it survived them all. */
export async function hunt({ patches }: PlantedBug): Promise<{ schedules: number; broke: string } | null> {
  const run = createSimulation(await loadClients(patches));
  for (let seed = 1; seed <= MAX_SCHEDULES; seed++) {
    const failure = await run(generateSchedule(seed).schedule);
    if (failure) return { schedules: seed, broke: failure.invariant };
  }
  return null;
}
