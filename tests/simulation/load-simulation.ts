import { loadBundle, type Patch } from "./load-bundle.ts";
import type { Mirror } from "./server.ts";

/** The product as the simulation runs it. */
export type Product = typeof import("./product.ts");
type Harness = typeof import("./harness.ts");

let harness: Promise<Harness> | null = null;

/** Builds the product, with patches applied to it, and what runs schedules against it. That is built too, once: run
 *  from its source by tsx or vitest, which name every function as it is made, it takes a quarter longer. */
export async function loadSimulation(patches: readonly Patch[] = []) {
  harness ??= loadBundle("tests/simulation/harness.ts") as Promise<Harness>;
  const [{ createSimulation, generateSchedule }, product] = await Promise.all([
    harness,
    loadProduct(patches),
  ]);
  return { generateSchedule, createRun: (mirror?: Mirror) => createSimulation(product, mirror) };
}

/** Builds the product alone. Throws when a patch does not fit. */
export async function loadProduct(patches: readonly Patch[]): Promise<Product> {
  return (await loadBundle("tests/simulation/product.ts", patches)) as Product;
}
