import { setTimeout as sleep } from "node:timers/promises";

/** Waits until `find` finds something other than null, undefined or false, and returns it. The test's own timeout ends
 *  it. */
export async function until<T>(find: () => T | Promise<T>): Promise<NonNullable<Exclude<T, false>>> {
  for (;;) {
    const found = await find();
    if (found !== null && found !== undefined && found !== false) {
      return found as NonNullable<Exclude<T, false>>;
    }
    await sleep(50);
  }
}
