import { ENTITY_FIELDS } from "./entity-fields.ts";
import type { EntityType } from "./entity-type.ts";
import { MAX_EXTRA_BYTES, MAX_EXTRA_DEPTH } from "./limits.ts";
import { isStorableText } from "./text.ts";

/** Fields that this version does not know, kept and sent on: an old device must not erase what a newer
 *  one wrote. Those of `metadata` are found under the key `metadata`. */
export type Extra = Record<string, unknown>;

const METADATA_FIELDS = new Set(["created_at", "updated_at", "deleted_at"]);

/** The unknown fields of an entity in wire shape, or null when there are none. */
export function extraOf(entityType: EntityType, entity: object): Extra | null {
  const known = ENTITY_FIELDS[entityType];
  const unknown = entriesBut((key) => key === "metadata" || Object.hasOwn(known, key), entity);
  const metadata = (entity as { metadata?: object }).metadata ?? {};
  const unknownMetadata = entriesBut((key) => METADATA_FIELDS.has(key), metadata);
  if (unknownMetadata.length > 0) unknown.push(["metadata", Object.fromEntries(unknownMetadata)]);
  return unknown.length > 0 ? Object.fromEntries(unknown) : null;
}

function entriesBut(isKnown: (key: string) => boolean, fields: object): [string, unknown][] {
  const unknownKeys = Object.keys(fields).filter((key) => !isKnown(key));
  return unknownKeys.map((key) => [key, (fields as Record<string, unknown>)[key]]);
}

/** Puts unknown fields back beside the known ones. */
export function withExtra<E extends { metadata: object }>(entity: E, extra: Extra | null): E {
  if (!extra) return entity;
  const { metadata, ...rest } = extra;
  return { ...entity, ...rest, metadata: { ...entity.metadata, ...(metadata as object | undefined) } };
}

/** The rule that unknown fields break, or null. They must come back from every database as they went in. */
export function extraProblem(extra: Extra | null): string | null {
  if (!extra) return null;
  if (!isKeepable(extra, MAX_EXTRA_DEPTH)) {
    return `unknown fields must be nested at most ${MAX_EXTRA_DEPTH} deep, without NUL, half characters and numbers that do not survive JSON`;
  }
  return Buffer.byteLength(JSON.stringify(extra)) > MAX_EXTRA_BYTES
    ? `unknown fields must take at most ${MAX_EXTRA_BYTES / 1024} KiB`
    : null;
}

function isKeepable(value: unknown, depth: number): boolean {
  if (value === null || typeof value === "boolean") return true;
  if (typeof value === "string") return isStorableText(value);
  if (typeof value === "number") return isKeepableNumber(value);
  if (depth === 0 || typeof value !== "object") return false;
  if (Array.isArray(value)) return value.every((item) => isKeepable(item, depth - 1));
  return Object.entries(value).every(
    ([key, item]) => key !== "__proto__" && isStorableText(key) && isKeepable(item, depth - 1),
  );
}

/** Above 2^53 JSON.parse has already rounded; -0 prints as 0. */
function isKeepableNumber(value: number): boolean {
  return (
    Number.isFinite(value) &&
    !Object.is(value, -0) &&
    (!Number.isInteger(value) || Number.isSafeInteger(value))
  );
}
