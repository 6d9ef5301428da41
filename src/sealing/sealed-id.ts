import { hashToUuid } from "../domain/identifiers.ts";
import type { SealingKeys } from "./sealing-keys.ts";

/** The id under which a server knows an entity: a UUID of version 8 (RFC 9562). It is keyed, so a guess at a label confirms
 *  nothing, and it binds the entity type. */
export function sealedId({ id: key }: SealingKeys, entityType: string, id: string): string {
  return hashToUuid(key.hexOf(`${entityType}\0${id}`), 8);
}
