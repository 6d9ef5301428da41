import type { Entity } from "../entities/entity.ts";
import { canonicalJson } from "./canonical.ts";

/** One field that two versions of an entity hold differently; undefined where it is missing. */
export interface FieldDifference {
  field: string;
  before: unknown;
  after: unknown;
}

/** The fields, metadata left out, in which two versions of an entity differ. Null stands for a deleted one. */
export function differencesBetween(before: Entity | null, after: Entity | null): FieldDifference[] {
  const [a, b] = [before ?? {}, after ?? {}] as Record<string, unknown>[];
  const names = new Set([...Object.keys(a!), ...Object.keys(b!)]);
  return [...names]
    .filter((name) => name !== "metadata" && name !== "id")
    .filter((name) => canonicalJson(a![name] ?? null) !== canonicalJson(b![name] ?? null))
    .map((field) => ({ field, before: a![field], after: b![field] }));
}
