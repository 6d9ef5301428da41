import { bytesToUuid } from "../domain/identifiers.ts";
import type { SealingKeys } from "./sealing-keys.ts";

/** The id under which a server knows an entity, as the bytes of a UUID of version 8 (RFC 9562). It is keyed, so a guess at a
 *  label confirms nothing, and it binds the entity type. */
export function sealedIdBytes({ id: key }: SealingKeys, entityType: string, id: string): Buffer {
  const bytes = Buffer.from(key.hexOf(Buffer.from(`${entityType}\0${id}`)).slice(0, 32), "hex");
  bytes[6] = (bytes[6]! & 0x0f) | 0x80;
  bytes[8] = (bytes[8]! & 0x3f) | 0x80;
  return bytes;
}

/** The same as text. */
export function sealedId(keys: SealingKeys, entityType: string, id: string): string {
  return bytesToUuid(sealedIdBytes(keys, entityType, id).toString("hex"));
}

/** The 16 bytes of a UUID. */
export function uuidBytes(uuid: string): Buffer {
  return Buffer.from(uuid.replaceAll("-", ""), "hex");
}
