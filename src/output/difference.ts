import type { Entity } from "../domain/entities/entity.ts";
import { parseTimestamp } from "../domain/time/timestamp.ts";
import { differencesBetween } from "../domain/versions/difference.ts";
import { activityNames, type LineContext, moodText } from "./entity-line.ts";
import { formatMoment } from "./moment.ts";
import { singleLine } from "./terminal-text.ts";

/** What a later version of an entity has otherwise than an earlier one, a line a field: "mood: 4 (good), was 3 (meh)".
 *  A deletion is one line. */
export function differenceLines(before: Entity | null, after: Entity | null, context: LineContext): string[] {
  if (!before && !after) return ["deleted on both sides"];
  if (!before) return ["there again, was deleted"];
  if (!after) return ["deleted"];
  return differencesBetween(before, after).map(({ field, before, after }) =>
    singleLine(
      `${nameOf(field)}: ${valueText(field, after, context)}, was ${valueText(field, before, context)}`,
    ),
  );
}

/** What one version has where it differs from another, a text a field: "mood 3 (meh)". */
export function versionTexts(version: Entity | null, other: Entity | null, context: LineContext): string[] {
  if (!version || !other) return version === other ? [] : [version ? "not deleted" : "deleted"];
  return differencesBetween(version, other).map(({ field, before }) =>
    singleLine(`${nameOf(field)} ${valueText(field, before, context)}`),
  );
}

/** Fields whose stored name is not what people call it. */
const NAME: Record<string, string> = {
  value: "mood",
  recorded_at: "time",
  taken_at: "time",
  severity: "band",
  color_hex: "colour",
  assessment_type: "assessment",
  instrument_version: "version",
  next_due_at: "next due",
  anchor_at: "counted from",
};

function nameOf(field: string): string {
  return NAME[field] ?? field.replaceAll("_", " ");
}

function valueText(field: string, value: unknown, { now, labels }: LineContext): string {
  if (field === "enabled" || field === "archived") return value ? "on" : "off";
  if (value === null || value === undefined || value === "") return "none";
  if (field === "value") return moodText(Number(value));
  if (field === "activities" && Array.isArray(value)) return activityNames(value, labels) || "none";
  if (field === "merged_into") return labels.get(String(value)) ?? "unknown activity";
  if (field === "note" || field === "label") return `"${value}"`;
  if (field === "frequency") return String(value).toLowerCase();
  if (Array.isArray(value)) return value.map((one) => one ?? "-").join(",");
  const time = field.endsWith("_at") ? parseTimestamp(String(value)) : null;
  if (time) return formatMoment(time, now);
  return typeof value === "string" ? value : JSON.stringify(value);
}
