import { dateOfDay, dayOfDate, firstDayOfWeek, monthNamed, shiftMonths, type WeekStart } from "./calendar.ts";

/** Whole days, the first and the last included, as numbers counted from 1 January 1970 (`localDay`). Null: without an
 *  end on that side. A week, month or year is whole, so it may end after today. */
export interface Period {
  from: number | null;
  to: number | null;
}

/** What period words are read against. */
export interface PeriodContext {
  /** The day that it is, by the setting `day.start`. */
  today: number;
  weekStart: WeekStart;
}

/** No period takes more characters. */
const MAX_LENGTH = 60;
const SPAN_BACK =
  /^(?:(?:last|past|previous) )?(\d{1,5}) ?(d|days?|w|wks?|weeks?|m|mo|months?|y|yrs?|years?)$/;

/** Reads `today`, `yesterday`, `week`, `last month`, `2026`, `2026-03`, `march`, `30d`, `all` and the like. Null for other
 *  words. */
export function readPeriod(typed: string, context: PeriodContext): Period | null {
  if (typed.length > MAX_LENGTH) return null;
  const text = typed.trim().replace(/\s+/g, " ").toLowerCase();
  if (text === "all") return { from: null, to: null };
  return readUnit(text, context) ?? readSpanBack(text, context) ?? readMonthOrYear(text, context);
}

/** "30d", "last 2 weeks", "6mo", "1y": that many days, weeks, months or years until today, today included.
 *  In months `m` stands for them, too: a period has no minutes. */
export function readSpanBack(typed: string, { today }: PeriodContext): Period | null {
  const match = SPAN_BACK.exec(typed.trim().replace(/\s+/g, " ").toLowerCase());
  const amount = Number(match?.[1]);
  if (!match || amount === 0) return null;
  const unit = match[2]![0];
  if (unit === "d" || unit === "w") return { from: today - amount * (unit === "w" ? 7 : 1) + 1, to: today };
  const months = unit === "y" ? 12 * amount : amount;
  return months <= 12_000 ? { from: shiftMonths(today, -months) + 1, to: today } : null;
}

function readUnit(text: string, { today, weekStart }: PeriodContext): Period | null {
  if (text === "today") return oneDay(today);
  if (text === "yesterday") return oneDay(today - 1);
  const match = /^(?:(this|current) ?|(last|previous) ?)?(week|month|quarter|year)$/.exec(text);
  if (!match) return null;
  const turn = match[2] ? -1 : 0;
  if (match[3] === "week") {
    const from = firstDayOfWeek(today, weekStart) + 7 * turn;
    return { from, to: from + 6 };
  }
  const { year, month } = dateOfDay(today);
  if (match[3] === "year") return wholeMonths(year + turn, 0, 12);
  if (match[3] === "month") return wholeMonths(year, month + turn, 1);
  return wholeMonths(year, month - (month % 3) + 3 * turn, 3);
}

/** "2026", "2026-03", "march 2026", and "march": the one that began last. */
function readMonthOrYear(text: string, { today }: PeriodContext): Period | null {
  const written = /^(\d{4})(?:-(\d{2}))?$/.exec(text);
  const named = /^([a-z]{3,9}\.?)(?: (\d{4}))?$/.exec(text);
  const month = written?.[2] ? Number(written[2]) - 1 : named ? monthNamed(named[1]!) : 0;
  if ((!written && !named) || month === null || month < 0 || month > 11) return null;
  const now = dateOfDay(today);
  const year = Number(written?.[1] ?? named?.[2] ?? now.year - (month > now.month ? 1 : 0));
  if (year < 1900 || year > 9999) return null;
  return wholeMonths(year, month, written && !written[2] ? 12 : 1);
}

function wholeMonths(year: number, month: number, count: number): Period {
  return { from: dayOfDate(year, month, 1), to: dayOfDate(year, month + count, 0) };
}

function oneDay(day: number): Period {
  return { from: day, to: day };
}
