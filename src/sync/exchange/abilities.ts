import { ENTITY_TYPES, type EntityType, isEntityType } from "../../domain/entities/entity-type.ts";
import { type ParsedChange, parseChange } from "../../domain/protocol/parse-change.ts";
import type { SyncChange } from "../../domain/protocol/sync-change.ts";

/** What a client of the protocol can do. This program can do all of it; the simulation also plays those that cannot. */
export interface Abilities {
  /** Says which version an edit was made from, and merges with the one that the server has instead. Who does not is
   *  judged by time alone and takes the server's version whole. */
  merges: boolean;
  /** Those that it reads and writes; changes of others are kept for a later version. */
  entityTypes: readonly EntityType[];
}

export const ALL_ABILITIES: Abilities = { merges: true, entityTypes: ENTITY_TYPES };

/** The content of a change as far as a client with these abilities can read it. */
export function readChange({ entityTypes }: Abilities, change: SyncChange): ParsedChange {
  const { entity_type } = change;
  if (isEntityType(entity_type) && !entityTypes.includes(entity_type))
    return { status: "unsupported_entity_type" };
  return parseChange(change);
}
