import { DAY_MS, HOUR_MS, MINUTE_MS } from "../domain/time/durations.ts";
import { instantAtOrAfterGap, wallTimeAt } from "../domain/time/wall-time.ts";
import { minutesOf, splitClock } from "./clock-words.ts";
import type { MeantTime, WordsContext } from "./when-words.ts";

/** A span of time in what is counted by the calendar and in what passes alike on every day. */
interface Span {
  months: number;
  days: number;
  ms: number;
}

const UNITS: [RegExp, keyof Span, number][] = [
  [/^s(?:ec(?:ond)?s?)?$/i, "ms", 1000],
  [/^m(?:in(?:ute)?s?)?$/i, "ms", MINUTE_MS],
  [/^h(?:(?:ou)?rs?)?$/i, "ms", HOUR_MS],
  [/^d(?:ays?)?$/i, "days", 1],
  [/^w(?:(?:ee)?ks?)?$/i, "days", 7],
  [/^mo(?:nths?)?$/i, "months", 1],
  [/^quarters?$/i, "months", 3],
  [/^y(?:(?:ea)?rs?)?$/i, "months", 12],
];
const AMOUNTS = "zero one two three four five six seven eight nine ten eleven twelve".split(" ");

/** Reads "2 hours ago", "2h", "1 month ago at 9am", "in 3 days", "last month", "next week". Hours are real time, also when
 *  the clocks change between; a month ago is in the month before, on its last day where it is shorter. Undefined for
 *  other words, null for such words without a meaning. chrono-node counts both by the clock of the process. */
export function readRelative(text: string, context: WordsContext): MeantTime | null | undefined {
  const { nowMs, zone, future } = context;
  const whole = readSpan(text) ?? readBareSpan(text, future ? 1 : -1);
  const split = whole ? null : splitClock(text);
  const span = whole ?? (split && readSpan(split.before));
  if (!span) return undefined;
  const nowWallMs = wallTimeAt(nowMs, zone);
  if (!Number.isFinite(span.ms) || Math.abs(span.months) > 12 * 9999 || Math.abs(span.days) > 366 * 9999)
    return null;
  const midnight = shiftedDay(nowWallMs, span);
  if (split) {
    return span.ms === 0 ? { kind: "wall", wallMs: midnight + minutesOf(split.clock) * MINUTE_MS } : null;
  }
  if (span.ms === 0) return { kind: "day", wallMs: midnight };
  const isByCalendar = span.months !== 0 || span.days !== 0;
  const fromMs = isByCalendar
    ? instantAtOrAfterGap(midnight + (((nowWallMs % DAY_MS) + DAY_MS) % DAY_MS), zone)
    : nowMs;
  return { kind: "instant", ms: fromMs + span.ms };
}

/** The midnight of the day that is a span away by the calendar, as a wall time. */
function shiftedDay(nowWallMs: number, { months, days }: Span): number {
  const now = new Date(nowWallMs);
  const [year, month] = [now.getUTCFullYear(), now.getUTCMonth() + months];
  const lastDay = new Date(Date.UTC(year, month + 1, 0)).getUTCDate();
  return Date.UTC(year, month, Math.min(now.getUTCDate(), lastDay)) + days * DAY_MS;
}

function readSpan(text: string): Span | null {
  const past = /^(.*\S) ?(?:ago|earlier|before|back)$/i.exec(text) ?? /^- ?(\d.*)$/.exec(text);
  if (past) return addParts(past[1]!, -1);
  const future =
    /^in (.*)$/i.exec(text) ?? /^(.*) (?:from now|later)$/i.exec(text) ?? /^\+ ?(\d.*)$/.exec(text);
  if (future) return addParts(future[1]!, 1);
  const near = /^(last|past|previous|next|coming) (week|month|quarter|year)$/i.exec(text);
  return near && addParts(`1 ${near[2]}`, /^(next|coming)$/i.test(near[1]!) ? 1 : -1);
}

/** "2h", "7d", "1h 30m": ago, or from now where the future is meant. */
function readBareSpan(text: string, sign: 1 | -1): Span | null {
  return /^\d/.test(text) ? addParts(text, sign) : null;
}

/** "1 hour 30 minutes", "a day and 2 hours"; null unless all of it is amounts and units. */
function addParts(text: string, sign: 1 | -1): Span | null {
  const span: Span = { months: 0, days: 0, ms: 0 };
  const part =
    /(?:^|,? and |, | ?)(?:(\d{1,9}) ?|(half an? |a few |a couple (?:of )?|[a-z]+ ))([a-z]+)(?=[ ,]|\d|$)/iy;
  for (part.lastIndex = 0; part.lastIndex < text.length; ) {
    const match = part.exec(text);
    const amount = match && (match[1] ? Number(match[1]) : amountOf(match[2]!.trim().toLowerCase()));
    const unit = match && UNITS.find(([pattern]) => pattern.test(match[3]!));
    if (amount === null || !unit) return null;
    const [, kind, size] = unit;
    if (!Number.isInteger(amount) && kind !== "ms") return null;
    span[kind] += sign * amount * size;
  }
  return text === "" ? null : span;
}

function amountOf(word: string): number | null {
  if (word === "a" || word === "an") return 1;
  if (word.startsWith("half")) return 0.5;
  if (word.startsWith("a couple")) return 2;
  if (word === "a few" || word === "few") return 3;
  const amount = AMOUNTS.indexOf(word);
  return amount < 0 ? null : amount;
}
