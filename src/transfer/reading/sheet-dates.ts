import type { DateOrder } from "../formats/format.ts";
import { parseClock, parseOffset } from "./local-clock.ts";
import { englishDay } from "./written-dates.ts";

type Day = readonly [year: number, month: number, day: number];
type Clock = readonly [hour: number, minute: number, second: number];

/** A cell of a sheet with a day and what may follow it. */
export interface SheetDate {
  /** Null where the order of day and month is not known. */
  day: Day | null;
  /** The two numbers before the year, of which either may be the day. */
  open?: readonly [number, number];
  /** Null where none follows. */
  clock: Clock | null;
  /** Minutes east of UTC; null where none is there. */
  offsetMinutes: number | null;
}

/** Reads "2025-03-01", "20250301", "01.03.2025", "3/28/2025 9:15 PM", "5 March 2025", "05-Mar-2025", "Wednesday, March 5, 2025",
 *  also with an offset behind the time. Letters for a zone are passed over: they mean several. Null for what is no date;
 *  whether there is such a day is not checked. */
export function parseSheetDate(text: string, order: DateOrder | undefined): SheetDate | null {
  const cell = text
    .replace(/[\u00a0\u202f]/g, " ")
    .trim()
    .replace(WEEKDAY, "")
    .replace(COMPACT_DAY, "$1-$2-$3");
  const numeric = /^(\d{1,4})([-/.])(\d{1,2})\2(\d{1,4})(?=$|[T,\s])/.exec(cell);
  const written = numeric
    ? null
    : /^(?:\d{1,2}-[A-Za-z]{3,9}-\d{4}|\d{1,2}(?:st|nd|rd|th)?\.?\s+[A-Za-z]{3,9}\.?,?\s+\d{4}|[A-Za-z]{3,9}\.?\s+\d{1,2}(?:st|nd|rd|th)?,?\s+\d{4})(?=$|[,\s])/.exec(
        cell,
      );
  const date = numeric?.[0] ?? written?.[0];
  if (date === undefined) return null;
  const rest = readRest(cell.slice(date.length).replace(/^[T,\s]+/, ""));
  if (!rest) return null;
  if (!numeric) {
    const day = englishDay(date);
    return day && { day, ...rest };
  }
  const [, first, sign, second, third] = numeric;
  if (first!.length === 4) return { day: [+first!, +second!, +third!], ...rest };
  if (third!.length !== 4 || first!.length > 2) return null;
  const [a, b, year] = [Number(first), Number(second), Number(third)];
  if (sign === ".") return { day: [year, b, a], ...rest };
  if (order === "dmy") return { day: [year, b, a], open: [a, b], ...rest };
  if (order === "mdy") return { day: [year, a, b], open: [a, b], ...rest };
  return { day: null, open: [a, b], ...rest };
}

const WEEKDAY = /^(?:mon|tue|wed|thu|fri|sat|sun)[a-z]*\.?,?\s+/i;
/** Without separators; the year stands first, because no month begins as years do: 19, 20. */
const COMPACT_DAY = /^(\d{4})(\d\d)(\d\d)(?=$|[T,\s])/;

/** A time, perhaps an offset, perhaps letters. */
function readRest(text: string): Pick<SheetDate, "clock" | "offsetMinutes"> | null {
  if (text === "") return { clock: null, offsetMinutes: null };
  const [, clockText, zone = ""] =
    /^(\d{1,2}[:.]\d{2}(?:[:.]\d{2})?(?:[.,]\d+)?(?:\s*[ap]\.?\s?m\.?(?![A-Za-z]))?)\s*(.*)$/i.exec(text) ??
    [];
  const clock = clockText === undefined ? null : parseClock(clockText.replace(/[.,]\d{3,}/, ""));
  if (!clock) return null;
  const [, offset] = /^(?:GMT|UTC)?\s*([+-]\d{1,2}(?::?\d{2})?)$/i.exec(zone) ?? [];
  if (offset !== undefined) {
    const offsetMinutes = parseOffset(offset);
    return offsetMinutes === null ? null : { clock, offsetMinutes };
  }
  if (/^z$/i.test(zone)) return { clock, offsetMinutes: 0 };
  return /^[A-Za-z()\s]*$/.test(zone) ? { clock, offsetMinutes: null } : null;
}

/** The order of day and month that all dates of a column allow. "open": none settles it; "both": two contradict each other;
 *  undefined: there is no date of which it would have to be known. */
export function dateOrderOf(dates: Iterable<SheetDate | null>): "dmy" | "mdy" | "open" | "both" | undefined {
  let hasOpen = false;
  let isDayFirst = false;
  let isMonthFirst = false;
  for (const date of dates) {
    if (!date?.open) continue;
    hasOpen = true;
    const [a, b] = date.open;
    if (a > 12 && b <= 12) isDayFirst = true;
    if (b > 12 && a <= 12) isMonthFirst = true;
  }
  if (isDayFirst && isMonthFirst) return "both";
  if (isDayFirst) return "dmy";
  if (isMonthFirst) return "mdy";
  return hasOpen ? "open" : undefined;
}
