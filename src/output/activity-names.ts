import type { Activity } from "../domain/entities/activity.ts";
import { type Cell, type TerminalStyle, verbatim } from "./terminal-style.ts";

/** Identifier of an activity → the one that it counts for. */
export type ActivityById = ReadonlyMap<string, Pick<Activity, "label" | "icon" | "color_hex" | "metadata">>;

/** The activities of a mood, each with the sign of its colour and its icon before the label. */
export function activityNames(
  ids: readonly string[],
  activities: ActivityById,
  style: TerminalStyle,
): Cell[] {
  return ids.flatMap((id, index) => [
    ...(index > 0 ? [{ text: ", " }] : []),
    ...activityName(activities.get(id), style),
  ]);
}

/** One activity; undefined is one that is not known here. */
function activityName(
  activity: Pick<Activity, "label" | "icon" | "color_hex" | "metadata"> | undefined,
  style: TerminalStyle,
): Cell[] {
  if (!activity) return [{ text: "unknown activity" }];
  const { label, icon, color_hex, metadata } = activity;
  const isColoured = color_hex !== null && (style.depth === "24bit" || style.depth === "256");
  return [
    ...(isColoured && !style.isAscii ? [style.swatch(color_hex, "▪"), { text: " " }] : []),
    ...(icon && !style.isPlain ? [verbatim(`${icon} `)] : []),
    verbatim(label),
    ...(metadata.deleted_at === null ? [] : [{ text: " (deleted)" }]),
  ];
}
