import { differencesBetween } from "../domain/difference.ts";
import type { Entity } from "../domain/entity.ts";
import { singleLine } from "./terminal-text.ts";

/** Two versions of an entity as lines of `field: before → after`; a deletion is one line.
 *  `labelOf` names an activity by its id. */
export function differenceLines(
  before: Entity | null,
  after: Entity | null,
  labelOf: (activityId: string) => string,
): string[] {
  if (!before && !after) return ["deleted on both sides"];
  if (!before) return ["deleted → kept"];
  if (!after) return ["kept → deleted"];
  return differencesBetween(before, after).map(
    ({ field, before, after }) =>
      `${field}: ${valueText(field, before, labelOf)} → ${valueText(field, after, labelOf)}`,
  );
}

function valueText(field: string, value: unknown, labelOf: (activityId: string) => string): string {
  if (value === null || value === undefined || value === "") return "none";
  if (field === "activities" && Array.isArray(value))
    return value.map((id) => singleLine(labelOf(id))).join(", ") || "none";
  return singleLine(typeof value === "string" ? value : JSON.stringify(value));
}
