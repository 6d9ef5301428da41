import { DAY_MS, HOUR_MS, MINUTE_MS } from "../domain/time/durations.ts";

/** How long something took or is ago, in its largest whole unit: "5 minutes", "3 hours", "12 days". */
export function durationText(ms: number): string {
  const [count, unit] =
    ms >= DAY_MS
      ? [Math.floor(ms / DAY_MS), "day"]
      : ms >= HOUR_MS
        ? [Math.floor(ms / HOUR_MS), "hour"]
        : [Math.floor(ms / MINUTE_MS), "minute"];
  return `${count} ${unit}${count === 1 ? "" : "s"}`;
}
