import type Database from "better-sqlite3";
import { ENTITY_TYPES } from "../../domain/entities/entity-type.ts";
import { digestOf, type EntityDigest } from "../../domain/protocol/digest.ts";
import { decodeEnvelope, envelopeHash } from "../../domain/protocol/sealed-envelope.ts";
import type { SyncChange } from "../../domain/protocol/sync-change.ts";
import { listLiveDeferred } from "../../local/sync-state/deferred-changes.ts";
import { listLive } from "../../local/versions/rows.ts";
import { sealChange } from "../../sealing/seal-change.ts";
import type { SealingKeys } from "../../sealing/sealing-keys.ts";

/** What a server that holds the same has as its digest: every live entity, and every deferred one, sealed anew. */
export function sealedDigest(db: Database.Database, keys: SealingKeys): EntityDigest {
  return digestOf(sealedHashes(db, keys));
}

function* sealedHashes(db: Database.Database, keys: SealingKeys): Iterable<string> {
  for (const change of liveChanges(db)) {
    const sealed = sealChange(keys, change);
    if (sealed) yield envelopeHash(decodeEnvelope(sealed.envelope)!);
  }
}

function* liveChanges(db: Database.Database): Iterable<SyncChange> {
  for (const entityType of ENTITY_TYPES) {
    for (const { id, entity } of listLive(db, entityType)) {
      const { updated_at } = entity.metadata;
      yield { entity_type: entityType, id, updated_at, deleted: false, data: entity };
    }
  }
  yield* listLiveDeferred(db);
}
