import type { SyncChange } from "./sync-change.ts";

/** Names the row of a change: no two entity types share one. */
export function changeKey({ entity_type, id }: Pick<SyncChange, "entity_type" | "id">): string {
  return `${entity_type}/${id}`;
}
