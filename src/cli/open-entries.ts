import type { Entries } from "../entries/entries.ts";
import { systemZone } from "../input/system-zone.ts";
import type { Context } from "./context.ts";

/** This device's entries, for a command that writes. `nowMs` is when it began. */
export async function openEntries(context: Context, nowMs = context.nowMs()): Promise<Entries> {
  return { db: await context.database(), nowMs, zone: systemZone };
}
