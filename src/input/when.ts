import { MoodsyncError } from "../domain/moodsync-error.ts";
import { DAY_MS, HOUR_MS, MINUTE_MS } from "../domain/time/durations.ts";
import type { ZonedTime } from "../domain/time/timestamp.ts";
import { formatTimestamp, parseTimestamp } from "../domain/time/timestamp.ts";
import type { Zone } from "../domain/time/wall-time.ts";
import { instantAtOrAfterGap, instantOfWallTime, wallTimeAt } from "../domain/time/wall-time.ts";
import { readLocalDate } from "./local-dates.ts";
import { readRelative } from "./relative-words.ts";
import { systemZone } from "./system-zone.ts";
import type { MeantTime } from "./when-words.ts";

export interface WhenOptions {
  nowMs: number;
  /** Prefers what is to come and allows it. Otherwise the past is preferred, and the future refused. */
  future?: boolean;
  /** The zone in which clock times are read; without it that of the process. */
  zone?: Zone;
}

/** How far ahead of now a time may lie that should not be in the future, in ms: clocks differ a little. */
const MAX_LEAD_MS = 5 * MINUTE_MS;
/** No time takes more characters, and what reads words is slow with many. */
const MAX_LENGTH = 60;
const MIDDAY_MS = 12 * HOUR_MS;
const DATE = /^(\d{4}-\d{2}-\d{2})$/;
const DATE_TIME = /^(\d{4}-\d{2}-\d{2})[Tt ](\d{2}:\d{2})(:\d{2}(?:\.\d{1,12})?)?([Zz]|[+-]\d{2}:\d{2})?$/;

/** Reads a time as a person types it: RFC 3339, a date with a clock time in the zone, a bare date (now's clock time
 *  if it is today, else 12:00), or words. All of the text must be understood. Throws `invalid_input`, with what was typed. */
export async function parseWhen(text: string, options: WhenOptions): Promise<ZonedTime> {
  const zone = options.zone ?? systemZone;
  const time = toZonedTime(await parseMeantTime(text, options), text, options.nowMs, zone);
  if (!parseTimestamp(formatTimestamp(time))) throw notADate(text);
  if (!options.future && time.ms > options.nowMs + MAX_LEAD_MS) {
    throw refusal(text, "lies in the future, and only what has happened can be recorded", EXAMPLE.words);
  }
  return time;
}

/** The same without deciding yet which moment of a bare day is meant, and without a limit to the future. */
export async function parseMeantTime(text: string, options: WhenOptions): Promise<MeantTime> {
  const meant = await readMeantTime(text, options);
  if (!meant) throw refusal(text, "was not understood as a time", fittingExample(text, options));
  return meant;
}

/** The same, but null for what is not understood. chrono-node is only loaded for words that nothing else reads. */
export async function readMeantTime(typed: string, options: WhenOptions): Promise<MeantTime | null> {
  const text = typed.trim().replace(/\s+/g, " ");
  if (text.length > MAX_LENGTH) return null;
  const { nowMs, future = false, zone = systemZone } = options;
  const context = { nowMs, latestMs: nowMs + MAX_LEAD_MS, zone, future };
  const meant = parseWritten(text) ?? readLocalDate(text, context);
  if (meant) return meant;
  const relative = readRelative(text, context);
  if (relative !== undefined) return relative;
  const { readWords } = await import("./when-words.ts");
  return readWords(text, context);
}

/** The first instant at which a clock in the zone shows a wall time, which was typed as `text`. Throws `invalid_input`
 *  for a skipped one. */
export function atWallTime(wallMs: number, text: string, zone: Zone): ZonedTime {
  const ms = instantOfWallTime(wallMs, zone);
  if (ms !== null) return { ms, offsetMinutes: zone(ms) };
  const later = wallTimeAt(instantAtOrAfterGap(wallMs, zone), zone);
  const example = new Date(later).toISOString().slice(0, 16).replace("T", " ");
  throw refusal(text, "does not exist, because the clocks were put forward over it", example);
}

/** Null when the text is none of the written forms. */
function parseWritten(text: string): MeantTime | null {
  const day = DATE.exec(text);
  if (day) return { kind: "day", wallMs: wallTime(`${day[1]}T00:00:00`, text) };
  const match = DATE_TIME.exec(text);
  if (!match) return null;
  const [, date, minutes, seconds = ":00", offset] = match;
  if (!offset) return { kind: "wall", wallMs: wallTime(`${date}T${minutes}${seconds}`, text) };
  const time = parseTimestamp(`${date}T${minutes}${seconds}${offset}`);
  if (!time) throw notADate(text);
  return { kind: "instant", ...time };
}

function toZonedTime(meant: MeantTime, text: string, nowMs: number, zone: Zone): ZonedTime {
  if (meant.kind === "instant") return { ms: meant.ms, offsetMinutes: meant.offsetMinutes ?? zone(meant.ms) };
  return atWallTime(meant.kind === "day" ? dayTime(meant.wallMs, nowMs, zone) : meant.wallMs, text, zone);
}

/** A day without a clock time: that of now if the day is today, else midday. */
function dayTime(midnightWallMs: number, nowMs: number, zone: Zone): number {
  const nowWallMs = wallTimeAt(nowMs, zone);
  const isToday = nowWallMs >= midnightWallMs && nowWallMs < midnightWallMs + DAY_MS;
  return isToday ? nowWallMs : midnightWallMs + MIDDAY_MS;
}

function wallTime(local: string, text: string): number {
  const time = parseTimestamp(`${local}Z`);
  if (!time) throw notADate(text);
  return time.ms;
}

const EXAMPLE = { words: "yesterday 9pm", date: "2026-03-02", time: "2026-03-02 21:00", span: "2 hours ago" };

/** One that is like what was typed. */
function fittingExample(text: string, { future }: WhenOptions): string {
  if (future) return /\d[-./]\d/.test(text) ? EXAMPLE.date : "in 2 weeks";
  if (/\d:/.test(text) && /\d[-./]\d/.test(text)) return EXAMPLE.time;
  if (/\d[-./]\d|^\W*\d{4,}/.test(text)) return EXAMPLE.date;
  return /\d ?[a-z]{1,7}\b/i.test(text) && !/\d ?[ap]\.?m/i.test(text) ? EXAMPLE.span : EXAMPLE.words;
}

function notADate(text: string): MoodsyncError {
  return refusal(text, "does not exist in the years 1900 to 9999", EXAMPLE.time);
}

/** What was typed for a time may be repeated: it stands on the command line of whoever reads it. */
function refusal(text: string, problem: string, example: string): MoodsyncError {
  const typed = text.length > MAX_LENGTH ? `${text.slice(0, MAX_LENGTH)}…` : text;
  return new MoodsyncError("invalid_input", `"${typed}" ${problem}.`, {
    hint: `Write it like "${example}".`,
  });
}
