import { DAY_MS, MINUTE_MS } from "../domain/time/durations.ts";
import type { ZonedTime } from "../domain/time/timestamp.ts";
import { systemZone } from "./system-zone.ts";
import type { WhenOptions } from "./when.ts";
import { atWallTime, parseMeantTime } from "./when.ts";

/** An end of a span of time. A day is compared with the clock of the place where an entry was written, so an entry
 *  stays on its day after travel; a point in time is compared as an instant. */
export interface TimeBound {
  by: "local clock" | "instant";
  ms: number;
}

/** Reads where a span begins or ends; a day begins at its midnight and ends with its last millisecond.
 *  Throws `invalid_input`. */
export async function parseTimeBound(
  text: string,
  end: "since" | "until",
  options: WhenOptions,
): Promise<TimeBound> {
  const meant = await parseMeantTime(text, options);
  if (meant.kind === "instant") return { by: "instant", ms: meant.ms };
  if (meant.kind === "wall") {
    return { by: "instant", ms: atWallTime(meant.wallMs, options.zone ?? systemZone).ms };
  }
  return { by: "local clock", ms: end === "since" ? meant.wallMs : meant.wallMs + DAY_MS - 1 };
}

/** The time of an entry on the scale of a bound. */
export function onScaleOf(bound: TimeBound, { ms, offsetMinutes }: ZonedTime): number {
  return bound.by === "instant" ? ms : ms + offsetMinutes * MINUTE_MS;
}
