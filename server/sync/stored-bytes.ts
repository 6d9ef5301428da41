import type { Version } from "../../src/domain/versions/version.ts";

/** What a version takes beside its content, and what an upload takes beside its versions, in bytes. */
export const ENVELOPE_BYTES = 200;

/** What a version takes of its account's quota and of an answer: the bytes of its JSON. */
export function storedBytes({ entity }: Pick<Version, "entity">): number {
  return ENVELOPE_BYTES + (entity === null ? 0 : Buffer.byteLength(JSON.stringify(entity)));
}
