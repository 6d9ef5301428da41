import type { Resources } from "./resources.ts";

/** What a machine may lack. */
export type Need = "root" | "strace";

/** One kind of trouble, made in the real program. */
export interface Scenario {
  name: string;
  needs: readonly Need[];
  /** What was done, in numbers. Throws where something was lost, stuck, damaged or told in other words than it should. */
  run(resources: Resources): Promise<string>;
}
