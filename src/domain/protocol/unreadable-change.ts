import type { SyncChange } from "./sync-change.ts";

/** Entity type of a change that this device cannot open, under its sealed id. No envelope may hold it, so no program of any
 *  version makes an entity of one. */
export const UNREADABLE_TYPE = "Sealed";

/** What could not be opened, to be offered to the server again as it is. */
export interface UnreadableChange extends SyncChange {
  entity_type: typeof UNREADABLE_TYPE;
  data: { envelope: string };
}

export function isUnreadable(change: SyncChange): change is UnreadableChange {
  return change.entity_type === UNREADABLE_TYPE;
}
