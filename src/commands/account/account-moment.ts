import { parseTimestamp } from "../../domain/timestamp.ts";
import { systemZone } from "../../input/system-zone.ts";
import { formatMoment } from "../../output/moment.ts";
import type { Context } from "../context.ts";
import { nowHere } from "../output-options.ts";

/** A time of the server's as people here read it. */
export function accountMoment(context: Context, timestamp: string): string {
  const ms = parseTimestamp(timestamp)?.ms ?? 0;
  return formatMoment({ ms, offsetMinutes: systemZone(ms) }, nowHere(context));
}
