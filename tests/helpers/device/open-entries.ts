import type { Entries } from "../../../src/entries/entries.ts";
import { SUNDAY_MS } from "./device.ts";
import { openTemporaryStore } from "./open-store.ts";

/** The entries of an empty device, on a Sunday in Berlin; `nowMs` can be set. */
export function openTemporaryEntries(): { entries: Entries; remove(): void } {
  const store = openTemporaryStore();
  return { entries: { db: store.db, nowMs: SUNDAY_MS, zone: () => 60 }, remove: store.remove };
}
