// The entry of the bundle that `load-simulation.ts` builds of the simulation itself.

export { generateSchedule } from "./generate.ts";
export { createSimulation } from "./run.ts";
