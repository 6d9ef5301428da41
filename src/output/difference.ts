import type { Entity } from "../domain/entities/entity.ts";
import { differencesBetween } from "../domain/versions/difference.ts";
import { activityNames } from "./entity-line.ts";
import { singleLine } from "./terminal-text.ts";

/** Two versions of an entity as lines of `field: before → after`; a deletion is one line.
 *  `labels` names the activities by id. */
export function differenceLines(
  before: Entity | null,
  after: Entity | null,
  labels: ReadonlyMap<string, string>,
): string[] {
  if (!before && !after) return ["deleted on both sides"];
  if (!before) return ["deleted → kept"];
  if (!after) return ["kept → deleted"];
  return differencesBetween(before, after).map(({ field, before, after }) =>
    singleLine(`${field}: ${valueText(field, before, labels)} → ${valueText(field, after, labels)}`),
  );
}

function valueText(field: string, value: unknown, labels: ReadonlyMap<string, string>): string {
  if (value === null || value === undefined || value === "") return "none";
  if (field === "activities" && Array.isArray(value)) return activityNames(value, labels) || "none";
  if (field === "merged_into") return labels.get(String(value)) ?? "unknown activity";
  return typeof value === "string" ? value : JSON.stringify(value);
}
