import { dayStartOf } from "../domain/time/local-day.ts";
import type { Settings } from "./definitions.ts";

/** How days and weeks are counted by the settings; `dayStartMs` is ms after midnight. */
export function calendarSettings(settings: Settings): {
  dayStartMs: number;
  weekStart: Settings["week.start"];
} {
  return { dayStartMs: dayStartOf(settings["day.start"]) ?? 0, weekStart: settings["week.start"] };
}
