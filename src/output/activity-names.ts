import type { Activity } from "../domain/entities/activity.ts";
import { type Cell, type TerminalStyle, verbatim } from "./terminal-style.ts";

type NamedActivity = Pick<Activity, "id" | "label" | "icon" | "color_hex" | "metadata">;

/** Identifier of an activity → the one that it counts for. */
export type ActivityById = ReadonlyMap<string, NamedActivity>;

/** The activities of a mood, each once (two of them may be one by now), with the sign of its colour and its icon before
 *  the label. */
export function activityNames(
  ids: readonly string[],
  activities: ActivityById,
  style: TerminalStyle,
): Cell[] {
  const named = [...new Map(ids.map((id) => [activities.get(id)?.id ?? "", activities.get(id)])).values()];
  return named.flatMap((activity, index) => [
    ...(index > 0 ? [{ text: ", " }] : []),
    ...activityName(activity, style),
  ]);
}

/** One activity; undefined is one that is not known here. */
export function activityName(activity: NamedActivity | undefined, style: TerminalStyle): Cell[] {
  if (!activity) return [{ text: "unknown activity" }];
  const { label, icon, color_hex, metadata } = activity;
  const hasSwatch = style.depth === "24bit" || style.depth === "256";
  return [
    ...(hasSwatch && !style.isAscii && color_hex !== null
      ? [style.swatch(color_hex, "▪"), { text: " " }]
      : []),
    ...(icon && !style.isPlain ? [verbatim(`${icon} `)] : []),
    verbatim(label),
    ...(metadata.deleted_at === null ? [] : [{ text: " (deleted)" }]),
  ];
}
