import { DAY_MS, MINUTE_MS } from "../domain/time/durations.ts";
import { dayOfWallTime, wallTimeAt } from "../domain/time/wall-time.ts";
import { parseClock, splitClock, type TypedClock } from "./clock-words.ts";
import type { MeantTime, WordsContext } from "./when-words.ts";

const WEEKDAYS = ["sun", "mon", "tue", "wed", "thu", "fri", "sat"];
/** A night ends before this hour of the morning. */
const END_OF_NIGHT = 6;
const NIGHT =
  /^(?:(last|yesterday|this) night|(tonight)|(?:last )?(sun|mon|tue|wed|thu|fri|sat)[a-z]{0,6}day night)$/i;

/** Reads a clock time in a night: "last night at 1am" is in the morning after the evening of yesterday, and so is
 *  midnight. Undefined for other words, null for a time that is in no night. */
export function readNight(text: string, context: WordsContext): MeantTime | null | undefined {
  const isNow = isSmallHours(context) && !context.future;
  if (isNow && /^(tonight|this night)$/i.test(text)) return { kind: "instant", ms: context.nowMs };
  const split = splitClock(text) ?? splitBefore(text);
  const night = split && NIGHT.exec(split.before);
  if (!night) return undefined;
  const minutes = minutesOfNight(split.clock);
  if (minutes === null) return null;
  const [, near, tonight, weekday] = night;
  const nowWallMs = wallTimeAt(context.nowMs, context.zone);
  const today = dayOfWallTime(nowWallMs) * DAY_MS;
  const daysBack = weekday
    ? (new Date(today).getUTCDay() - WEEKDAYS.indexOf(weekday.toLowerCase()) + 7) % 7
    : /^(last|yesterday)$/i.test(near ?? "")
      ? 1
      : 0;
  const wallMs = today - daysBack * DAY_MS + minutes * MINUTE_MS;
  if (tonight || /^this$/i.test(near ?? "")) return { kind: "wall", wallMs: thisNight(wallMs, context) };
  const turn = weekday ? 7 : 1;
  if (context.future && weekday)
    return { kind: "wall", wallMs: wallMs < nowWallMs ? wallMs + 7 * DAY_MS : wallMs };
  return { kind: "wall", wallMs: wallMs > nowWallMs ? wallMs - turn * DAY_MS : wallMs };
}

/** After midnight tonight is the night one is in, or the coming one where that is over and the future is meant. */
function thisNight(wallMs: number, context: WordsContext): number {
  if (!isSmallHours(context)) return wallMs;
  const ofThis = wallMs - DAY_MS;
  return context.future && ofThis < wallTimeAt(context.nowMs, context.zone) ? wallMs : ofThis;
}

function isSmallHours({ nowMs, zone }: WordsContext): boolean {
  return new Date(wallTimeAt(nowMs, zone)).getUTCHours() < END_OF_NIGHT;
}

/** "1am last night". */
function splitBefore(text: string): { before: string; clock: TypedClock } | null {
  const match = /^(?:at )?(\S+(?: ?[ap]\.?m\.?)?),? (\S.*)$/i.exec(text);
  const clock = match && parseClock(match[1]!);
  return clock ? { before: match[2]!, clock } : null;
}

/** Minutes since the midnight before the evening: from five in the evening to six in the morning. Without am or pm,
 *  6 to 11 are in the evening and 12 to 5 after it. Null for any other time. */
function minutesOfNight({ hour, minute, half }: TypedClock): number | null {
  const isAfterMidnight = half === "am" || (half === null && (hour <= 5 || hour === 12));
  const isLate = half === "pm" || (half === null && hour >= 6 && hour <= 11);
  const ofDay = isAfterMidnight ? hour % 12 : isLate ? (hour % 12) + 12 : hour;
  if (isAfterMidnight) return ofDay < END_OF_NIGHT ? (24 + ofDay) * 60 + minute : null;
  return ofDay >= 17 ? ofDay * 60 + minute : null;
}
