import { wallTimesOfDay } from "../domain/time/local-day.ts";
import { type DayOptions, readDay, todayOf } from "./period.ts";
import { type Period, readPeriod, readSpanBack } from "./period-words.ts";
import { systemZone } from "./system-zone.ts";
import { atWallTime, parseMeantTime } from "./when.ts";

/** An end of a span of time. A day is compared with the clock of the place where an entry was written, so an entry
 *  stays on its day after travel; a point in time is compared as an instant. */
export interface TimeBound {
  by: "local clock" | "instant";
  ms: number;
}

/** Reads where a span begins or ends: the beginning or the end of a period (`lastmonth`), or a point in time. `7d` is
 *  the day seven days ago as an end, so that it and `7d` as a beginning share no day. Null for `all`.
 *  Throws `invalid_input`. */
export async function parseTimeBound(
  text: string,
  end: "since" | "until",
  options: DayOptions,
): Promise<TimeBound | null> {
  const context = { today: todayOf(options), weekStart: options.weekStart };
  const back = readSpanBack(text, context);
  if (back && end === "until") return boundOf({ from: null, to: back.from! - 1 }, end, options.dayStartMs);
  const period = back ?? readPeriod(text, context);
  if (period) return boundOf(period, end, options.dayStartMs);
  const day = await readDay(text, options);
  if (day !== null) return boundOf({ from: day, to: day }, end, options.dayStartMs);
  const meant = await parseMeantTime(text, options);
  if (meant.kind === "instant") return { by: "instant", ms: meant.ms };
  return { by: "instant", ms: atWallTime(meant.wallMs, text, options.zone ?? systemZone).ms };
}

/** An end of a period; null where it has none. */
export function boundOf({ from, to }: Period, end: "since" | "until", dayStartMs: number): TimeBound | null {
  const day = end === "since" ? from : to;
  if (day === null) return null;
  const { first, last } = wallTimesOfDay(day, dayStartMs);
  return { by: "local clock", ms: end === "since" ? first : last };
}
