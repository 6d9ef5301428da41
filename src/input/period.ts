import { MoodsyncError } from "../domain/moodsync-error.ts";
import { DAY_MS } from "../domain/time/durations.ts";
import { localDay } from "../domain/time/local-day.ts";
import type { WeekStart } from "./calendar.ts";
import { type Period, readPeriod } from "./period-words.ts";
import { systemZone } from "./system-zone.ts";
import { readMeantTime, type WhenOptions } from "./when.ts";

/** How days and weeks are counted here. */
export interface DayOptions extends WhenOptions {
  /** The setting `day.start`, in ms after midnight. */
  dayStartMs: number;
  weekStart: WeekStart;
}

const EXAMPLES = "`today`, `lastweek`, `month`, `2026-03`, `30d` and `2026-03-01..2026-03-14` are periods.";

/** Reads a period: `today yesterday week lastweek month lastmonth quarter year 30d 6mo 1y all 2026 2026-03 march`, a day
 *  in any of the forms of `parseWhen`, or `FROM..TO` of two of them, either of which may be left out.
 *  Throws `invalid_input`. */
export async function parsePeriod(typed: string, options: DayOptions): Promise<Period> {
  const period = await readPeriodOrDay(typed, options);
  if (period) return period;
  const ends = typed.split("..");
  if (ends.length !== 2 || typed.trim() === "..") throw notAPeriod(typed);
  const [first, last] = await Promise.all(
    ends.map((end) => (end.trim() === "" ? { from: null, to: null } : readPeriodOrDay(end, options))),
  );
  if (!first || !last) throw notAPeriod(typed);
  if (first.from !== null && last.to !== null && first.from > last.to) {
    throw new MoodsyncError("invalid_input", `The period "${typed}" ends before it begins.`, {
      hint: `Turned round it is \`${ends[1]}..${ends[0]}\`.`,
    });
  }
  return { from: first.from, to: last.to };
}

/** The number of the day that words or a date mean; null for other words and for what has a clock time. In the small
 *  hours it is still yesterday, so they are read by a clock that is as much behind as the day begins late. */
export async function readDay(text: string, options: DayOptions): Promise<number | null> {
  const meant = await readMeantTime(text, { ...options, nowMs: options.nowMs - options.dayStartMs });
  return meant?.kind === "day" ? meant.wallMs / DAY_MS : null;
}

/** The day that it is. */
export function todayOf({ nowMs, zone = systemZone, dayStartMs }: DayOptions): number {
  return localDay({ ms: nowMs, offsetMinutes: zone(nowMs) }, dayStartMs);
}

async function readPeriodOrDay(text: string, options: DayOptions): Promise<Period | null> {
  const period = readPeriod(text, { today: todayOf(options), weekStart: options.weekStart });
  if (period || text.includes("..")) return period;
  const day = await readDay(text, options);
  return day === null ? null : { from: day, to: day };
}

function notAPeriod(typed: string): MoodsyncError {
  return new MoodsyncError("invalid_input", `"${typed}" is no period.`, { hint: EXAMPLES });
}
