import * as z from "zod";
import { ENTITY_TYPES, type EntityType } from "../entities/entity-type.ts";
import { cursorField } from "./cursor.ts";

/** What a set of entities comes to, whatever their order. */
export interface EntityDigest {
  /** Live entities. */
  count: number;
  /** Sum of their content hashes modulo 2^64, in 16 hexadecimal digits. */
  checksum: string;
}

/** The server's digest per entity type, and the cursor at which it holds. Tombstones are for information:
 *  a purge removes them on the server. */
export const SyncDigestResponse = z.looseObject({
  server_cursor: cursorField,
  entity_types: z.record(
    z.string(),
    z.looseObject({
      count: z.int().min(0),
      checksum: z.string().regex(/^[0-9a-f]{16}$/),
      tombstones: z.int().min(0),
    }),
  ),
});

export interface SyncDigestResponse {
  server_cursor: string;
  entity_types: Record<string, EntityDigest & { tombstones: number }>;
}

const MODULUS = 1n << 64n;

/** The digest of the content hashes of live entities. */
export function digestOf(contentHashes: Iterable<string>): EntityDigest {
  let count = 0;
  let sum = 0n;
  for (const hash of contentHashes) {
    sum += BigInt(`0x${hash}`);
    count++;
  }
  return { count, checksum: hexOf(sum) };
}

function hexOf(sum: bigint): string {
  return (sum % MODULUS).toString(16).padStart(16, "0");
}

/** The digest of all that several digests are of. */
export function sumOf(digests: readonly EntityDigest[]): EntityDigest {
  const count = digests.reduce((sum, digest) => sum + digest.count, 0);
  const sum = digests.reduce((sum, { checksum }) => sum + BigInt(`0x${checksum}`), 0n);
  return { count, checksum: hexOf(sum) };
}

/** The entity types whose digests differ. */
export function differingTypes(
  here: Record<EntityType, EntityDigest>,
  there: Partial<Record<EntityType, EntityDigest>>,
): EntityType[] {
  return ENTITY_TYPES.filter((entityType) => {
    const [a, b] = [here[entityType], there[entityType] ?? digestOf([])];
    return a.count !== b.count || a.checksum !== b.checksum;
  });
}
