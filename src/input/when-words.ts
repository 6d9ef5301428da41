import type { ParsedResult } from "chrono-node/en";
import { casual } from "chrono-node/en";
import type { Zone } from "../domain/wall-time.ts";
import { wallTimeAt } from "../domain/wall-time.ts";

/** What words meant. Wall times are ms since 1970 as if the wall were in UTC; a day is its midnight. */
export type MeantTime =
  | { kind: "instant"; ms: number; offsetMinutes?: number }
  | { kind: "wall"; wallMs: number }
  | { kind: "day"; wallMs: number };

interface Context {
  nowMs: number;
  /** Latest instant that still counts as past. */
  latestMs: number;
  zone: Zone;
  /** Which side is meant where the words leave it open ("monday", "9am", "2 march"). */
  future: boolean;
}

const DAY_MS = 24 * 60 * 60_000;
const ISO_DATE = /^\d{4}-\d{2}-\d{2}(?= )/;
/** 3/4/2026 is March to some and April to others, and chrono reads 2026-13-01 as 13 January. */
const NUMERIC_DATE = /\d\s*[-/.]\s*\d/;
const NAMES_THE_FUTURE = /\b(next|this|coming|upcoming|in|tomorrow|tonight)\b/i;

/** Reads "yesterday 9pm", "last monday", "2 hours ago", "9am". Null unless all of the text is one point in time.
 *  This file loads chrono-node, so it is itself only loaded when the written forms do not fit. */
export function readWords(text: string, context: Context): MeantTime | null {
  const isoDate = ISO_DATE.exec(text)?.[0];
  if (NUMERIC_DATE.test(isoDate ? text.slice(isoDate.length) : text)) return null;
  const normal = text.replace(/\blast night\b/i, "yesterday night");
  const reference = { instant: new Date(context.nowMs), timezone: context.zone(context.nowMs) };
  const results = casual.parse(normal, reference, { forwardDate: context.future });
  const [result] = results;
  if (!result || results.length > 1 || result.end || result.text.length !== normal.length) return null;
  const meant = meaning(result, context);
  if (!meant || !fitsWeekday(result, meant) || (isoDate && !startsOn(isoDate, meant))) return null;
  return meant;
}

function meaning(result: ParsedResult, context: Context): MeantTime | null {
  const { start, text } = result;
  const isRelative = start.tags().has("result/relativeDate");
  if (start.tags().has("result/relativeDateAndTime") || start.tags().has("casualReference/now")) {
    return { kind: "instant", ms: start.date().getTime() };
  }
  if (start.isCertain("timezoneOffset")) {
    return { kind: "instant", ms: start.date().getTime(), offsetMinutes: start.get("timezoneOffset")! };
  }
  if (start.isCertain("month") && !start.isCertain("day") && !isRelative) return null;
  const hasClockTime = start.isCertain("hour") || namesPartOfDay(result);
  const midnight = Date.UTC(start.get("year")!, start.get("month")! - 1, start.get("day")!);
  const timeOfDayMs = hasClockTime
    ? ((start.get("hour")! * 60 + start.get("minute")!) * 60 + start.get("second")!) * 1000
    : 0;
  const isPast = midnight + timeOfDayMs <= wallTimeAt(context.latestMs, context.zone);
  const isMeant = context.future || isRelative || isPast || NAMES_THE_FUTURE.test(text);
  const day = isMeant ? midnight : earlierDay(result, midnight);
  return day === null ? null : { kind: hasClockTime ? "wall" : "day", wallMs: day + timeOfDayMs };
}

/** "morning", "evening": chrono implies an hour that is meant, unlike that of a bare day. */
function namesPartOfDay(result: ParsedResult): boolean {
  const tags = result.start.tags();
  return tags.has("parser/ENCasualTimeParser") || tags.has("casualReference/tonight");
}

/** The same day of the week, clock time or date, one turn back; null for 29 February of a year without one. */
function earlierDay({ start }: ParsedResult, midnight: number): number | null {
  if (start.isCertain("day")) {
    if (start.isCertain("year")) return midnight;
    const date = new Date(midnight);
    const earlier = Date.UTC(date.getUTCFullYear() - 1, date.getUTCMonth(), date.getUTCDate());
    return new Date(earlier).getUTCDate() === date.getUTCDate() ? earlier : null;
  }
  return midnight - (start.isCertain("weekday") ? 7 : 1) * DAY_MS;
}

function fitsWeekday({ start }: ParsedResult, meant: MeantTime): boolean {
  if (!start.isCertain("weekday") || meant.kind === "instant" || start.tags().has("result/relativeDate")) {
    return true;
  }
  return new Date(meant.wallMs).getUTCDay() === start.get("weekday");
}

function startsOn(isoDate: string, meant: MeantTime): boolean {
  return meant.kind === "instant" || new Date(meant.wallMs).toISOString().startsWith(isoDate);
}
