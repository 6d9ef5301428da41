import type { SealedChange } from "../domain/protocol/sealed-change.ts";
import type { SyncChange } from "../domain/protocol/sync-change.ts";
import { isUnreadable } from "../domain/protocol/unreadable-change.ts";
import { formatUtc, timestampToMs } from "../domain/time/timestamp.ts";
import { canonicalJson } from "../domain/versions/canonical.ts";
import { sealedId } from "./sealed-id.ts";
import { sealText } from "./sealed-text.ts";
import type { SealingKeys } from "./sealing-keys.ts";

/** A change as its server gets it. The same version becomes the same bytes on every device, so that the server tells a
 *  repeat without knowing what it holds. A change that could not be opened goes back as it came. Null where its text is
 *  longer than an envelope holds. */
export function sealChange(keys: SealingKeys, change: SyncChange): SealedChange | null {
  const { entity_type, id, deleted, base_updated_at } = change;
  if (isUnreadable(change)) {
    return withBase(
      { id, updated_at: change.updated_at, deleted, envelope: change.data.envelope },
      base_updated_at,
    );
  }
  const updatedAtMs = timestampToMs(change.updated_at);
  const version = { sealedId: sealedId(keys, entity_type, id), updatedAtMs, deleted };
  const text = canonicalJson(deleted ? { entity_type, id } : { entity_type, data: change.data });
  const envelope = sealText(keys, version, text);
  if (envelope === null) return null;
  const sealed = { id: version.sealedId, updated_at: formatUtc(updatedAtMs), deleted, envelope };
  return withBase(sealed, base_updated_at);
}

/** Joining two objects by `...` would take as long as a hash. */
function withBase(sealed: SealedChange, base: SyncChange["base_updated_at"]): SealedChange {
  if (base !== undefined) sealed.base_updated_at = base;
  return sealed;
}
