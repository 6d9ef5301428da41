import type { ParsedResult } from "chrono-node/en";
import { casual } from "chrono-node/en";
import { DAY_MS } from "../domain/time/durations.ts";
import type { Zone } from "../domain/time/wall-time.ts";
import { dayOfWallTime, wallTimeAt } from "../domain/time/wall-time.ts";
import { readNight } from "./night-words.ts";

/** What words meant. Wall times are ms since 1970 as if the wall were in UTC; a day is its midnight. */
export type MeantTime =
  | { kind: "instant"; ms: number; offsetMinutes?: number }
  | { kind: "wall"; wallMs: number }
  | { kind: "day"; wallMs: number };

/** What words are read against. */
export interface WordsContext {
  nowMs: number;
  /** Latest instant that still counts as past. */
  latestMs: number;
  zone: Zone;
  /** Which side is meant where the words leave it open ("monday", "9am", "2 march"). */
  future: boolean;
}

const ISO_DATE = /^\d{4}-\d{2}-\d{2}(?= )/;
/** 3/4/2026 is March to some and April to others, and chrono reads 2026-13-01 as 13 January. */
const NUMERIC_DATE = /\d\s*[-/.]\s*\d/;
const NAMES_THE_FUTURE = /\b(next|this|coming|upcoming|in|tomorrow|tonight)\b/i;

/** Reads "yesterday 9pm", "last monday", "2 hours ago", "9am". Null unless all of the text is one point in time.
 *  This file loads chrono-node, so it is itself only loaded when the written forms do not fit. */
export function readWords(text: string, context: WordsContext): MeantTime | null {
  const night = readNight(text, context);
  if (night !== undefined) return night;
  const isoDate = ISO_DATE.exec(text)?.[0];
  if (NUMERIC_DATE.test(isoDate ? text.slice(isoDate.length) : text)) return null;
  const normal = spokenInTheNight(text.replace(/\blast night\b/i, "yesterday night"), context);
  const reference = { instant: new Date(context.nowMs), timezone: context.zone(context.nowMs) };
  const results = casual.parse(normal, reference, { forwardDate: context.future });
  const [result] = results;
  if (!result || results.length > 1 || result.end || result.text.length !== normal.length) return null;
  const meant = meaning(result, context);
  if (!meant || !fitsWeekday(result, meant) || (isoDate && !startsOn(isoDate, meant))) return null;
  return meant;
}

/** After midnight this evening is the one that has just been. */
function spokenInTheNight(text: string, { nowMs, zone, future }: WordsContext): string {
  const isNight = new Date(wallTimeAt(nowMs, zone)).getUTCHours() < SMALL_HOURS;
  return isNight && !future ? text.replace(/\bthis (evening|afternoon)\b/i, "yesterday $1") : text;
}

function meaning(result: ParsedResult, context: WordsContext): MeantTime | null {
  const { start, text } = result;
  const isRelative = start.tags().has("result/relativeDate");
  if (start.tags().has("casualReference/now")) return { kind: "instant", ms: context.nowMs };
  if (!isTrusted(result)) return null;
  if (start.isCertain("timezoneOffset")) {
    return { kind: "instant", ms: start.date().getTime(), offsetMinutes: start.get("timezoneOffset")! };
  }
  if (start.isCertain("month") && !start.isCertain("day") && !isRelative) return null;
  const hasClockTime = start.isCertain("hour") || namesPartOfDay(result);
  const midnight = Date.UTC(start.get("year")!, start.get("month")! - 1, start.get("day")!);
  const timeOfDayMs = hasClockTime
    ? ((start.get("hour")! * 60 + start.get("minute")!) * 60 + start.get("second")!) * 1000
    : 0;
  if (!context.future && isUnderWay(result, midnight + timeOfDayMs, context)) {
    return { kind: "instant", ms: context.nowMs };
  }
  // Clocks differ by minutes, but nobody says "midnight" of one that is still to come.
  const latestMs = /\d/.test(text) ? context.latestMs : context.nowMs;
  const isPast = midnight + timeOfDayMs <= wallTimeAt(latestMs, context.zone);
  const isMeant = context.future || isRelative || isPast || NAMES_THE_FUTURE.test(text);
  const day = isMeant ? midnight : earlierDay(result, midnight);
  return day === null ? null : { kind: hasClockTime ? "wall" : "day", wallMs: day + timeOfDayMs };
}

/** Not where the words say too little or two things ("this week", "this morning at 9pm", "sunday at midnight", which is
 *  its first moment to some and its last to others), nor for spans, which chrono counts by the clock of the process. */
function isTrusted({ start, text }: ParsedResult): boolean {
  const tags = start.tags();
  if (tags.has("result/relativeDateAndTime")) return false;
  if (tags.has("result/relativeDate") && /\b(mo|months?|quarters?|y|yrs?|years?)\b/i.test(text)) return false;
  if (tags.has("casualReference/midnight")) return /^(at |last )?midnight$/i.test(text);
  if (/^this (week|month|quarter|year)\b/i.test(text)) return false;
  const part = PART_OF_DAY.exec(text)?.[0].toLowerCase();
  if (!part || !start.isCertain("hour")) return true;
  const [from, to] = HOURS_OF[part as keyof typeof HOURS_OF];
  return start.get("hour")! >= from && start.get("hour")! < to;
}

const PART_OF_DAY = /\b(morning|afternoon|evening|night|tonight)\b/i;
/** From which hour to before which; nights with a clock time are read in night-words.ts. */
const HOURS_OF = {
  morning: [0, 12],
  afternoon: [12, 18],
  evening: [17, 24],
  night: [18, 24],
  tonight: [18, 24],
} as const;

/** Before this hour of the morning people speak of the day before as of today. */
const SMALL_HOURS = 4;

/** Whether a part of today is meant which has begun, by an hour in it that is still to come. */
function isUnderWay({ start, text }: ParsedResult, wallMs: number, { nowMs, zone }: WordsContext): boolean {
  const part = PART_OF_DAY.exec(text)?.[0].toLowerCase();
  if (!part || start.isCertain("hour")) return false;
  const nowWallMs = wallTimeAt(nowMs, zone);
  const isToday = dayOfWallTime(nowWallMs) === dayOfWallTime(wallMs);
  const hour = new Date(nowWallMs).getUTCHours();
  return isToday && wallMs > nowWallMs && hour >= HOURS_OF[part as keyof typeof HOURS_OF][0];
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
