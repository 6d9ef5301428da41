import { MoodsyncError } from "../domain/moodsync-error.ts";
import { DAY_MS, HOUR_MS, MINUTE_MS } from "../domain/time/durations.ts";
import type { ZonedTime } from "../domain/time/timestamp.ts";
import { formatTimestamp, parseTimestamp } from "../domain/time/timestamp.ts";
import type { Zone } from "../domain/time/wall-time.ts";
import { instantOfWallTime, wallTimeAt } from "../domain/time/wall-time.ts";
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
const MIDDAY_MS = 12 * HOUR_MS;
const EXAMPLES =
  'Write it like 2026-03-02T21:00:00+01:00, "2026-03-02 21:00", 2026-03-02 or "yesterday 9pm".';

const DATE = /^(\d{4}-\d{2}-\d{2})$/;
const DATE_TIME = /^(\d{4}-\d{2}-\d{2})[Tt ](\d{2}:\d{2})(:\d{2}(?:\.\d{1,12})?)?([Zz]|[+-]\d{2}:\d{2})?$/;

/** Reads a time as a person types it: RFC 3339, a date with a clock time in the zone, a bare date (now's clock time
 *  if it is today, else 12:00), or words. All of the text must be understood. Throws `invalid_input`. */
export async function parseWhen(text: string, options: WhenOptions): Promise<ZonedTime> {
  const zone = options.zone ?? systemZone;
  const time = toZonedTime(await parseMeantTime(text, options), options.nowMs, zone);
  if (!parseTimestamp(formatTimestamp(time))) throw refusal("A time must be of the years 1900 to 9999.");
  if (!options.future && time.ms > options.nowMs + MAX_LEAD_MS) {
    throw refusal("The time lies in the future, and only what has happened can be recorded.");
  }
  return time;
}

/** The same without deciding yet which moment of a bare day is meant, and without a limit to the future. */
export async function parseMeantTime(text: string, options: WhenOptions): Promise<MeantTime> {
  const meant = await readMeantTime(text, options);
  if (!meant) throw refusal("The time was not understood.");
  return meant;
}

/** The same, but null for what is not understood. */
export async function readMeantTime(text: string, options: WhenOptions): Promise<MeantTime | null> {
  const written = parseWritten(text.trim());
  if (written) return written;
  const { readWords } = await import("./when-words.ts");
  const { nowMs, future = false, zone = systemZone } = options;
  return readWords(text.trim(), { nowMs, latestMs: nowMs + MAX_LEAD_MS, zone, future });
}

/** The first instant at which a clock in the zone shows a wall time. Throws `invalid_input` for a skipped one. */
export function atWallTime(wallMs: number, zone: Zone): ZonedTime {
  const ms = instantOfWallTime(wallMs, zone);
  if (ms === null) {
    throw refusal("This clock time does not exist on that day, because the clocks were put forward over it.");
  }
  return { ms, offsetMinutes: zone(ms) };
}

/** Null when the text is none of the written forms. */
function parseWritten(text: string): MeantTime | null {
  const day = DATE.exec(text);
  if (day) return { kind: "day", wallMs: wallTime(`${day[1]}T00:00:00`) };
  const match = DATE_TIME.exec(text);
  if (!match) return null;
  const [, date, minutes, seconds = ":00", offset] = match;
  if (!offset) return { kind: "wall", wallMs: wallTime(`${date}T${minutes}${seconds}`) };
  const time = parseTimestamp(`${date}T${minutes}${seconds}${offset}`);
  if (!time) throw notADate();
  return { kind: "instant", ...time };
}

function toZonedTime(meant: MeantTime, nowMs: number, zone: Zone): ZonedTime {
  if (meant.kind === "instant") return { ms: meant.ms, offsetMinutes: meant.offsetMinutes ?? zone(meant.ms) };
  return atWallTime(meant.kind === "day" ? dayTime(meant.wallMs, nowMs, zone) : meant.wallMs, zone);
}

/** A day without a clock time: that of now if the day is today, else midday. */
function dayTime(midnightWallMs: number, nowMs: number, zone: Zone): number {
  const nowWallMs = wallTimeAt(nowMs, zone);
  const isToday = nowWallMs >= midnightWallMs && nowWallMs < midnightWallMs + DAY_MS;
  return isToday ? nowWallMs : midnightWallMs + MIDDAY_MS;
}

function wallTime(local: string): number {
  const time = parseTimestamp(`${local}Z`);
  if (!time) throw notADate();
  return time.ms;
}

function notADate(): MoodsyncError {
  return refusal("This date or clock time does not exist in the years 1900 to 9999.");
}

function refusal(message: string): MoodsyncError {
  return new MoodsyncError("invalid_input", message, { hint: EXAMPLES });
}
