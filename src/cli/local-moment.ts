import { parseTimestamp } from "../domain/time/timestamp.ts";
import { systemZone } from "../input/system-zone.ts";
import { formatHour, formatMoment } from "../output/moment.ts";
import type { Context } from "./context.ts";
import { nowHere } from "./output-options.ts";

/** A time that is kept in UTC, as people here read it. */
export function localMoment(context: Context, timestamp: string): string {
  const ms = parseTimestamp(timestamp)?.ms ?? 0;
  return formatMoment({ ms, offsetMinutes: systemZone(ms) }, nowHere(context));
}

/** The same for a time that is known to the hour. */
export function localHour(context: Context, timestamp: string): string {
  const ms = parseTimestamp(timestamp)?.ms ?? 0;
  return formatHour({ ms, offsetMinutes: systemZone(ms) }, nowHere(context));
}
