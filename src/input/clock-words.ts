/** A time of day as it was typed: hour and minute as they stand there, and whether am or pm stands beside them. */
export interface TypedClock {
  hour: number;
  minute: number;
  half: "am" | "pm" | null;
}

/** A clock time at the end of a text, with or without "at", and what stands before it; null where there is none. */
export function splitClock(text: string): { before: string; clock: TypedClock } | null {
  const match = /^(\S.*?),?(?: at)? (\S+(?: ?[ap]\.?m\.?)?)$/i.exec(text);
  const clock = match && parseClock(match[2]!);
  return clock ? { before: match[1]!, clock } : null;
}

/** "9pm", "9:30 am", "21:00", "noon", "midnight" (0:00); null for anything else. */
export function parseClock(text: string): TypedClock | null {
  if (/^noon$/i.test(text)) return { hour: 12, minute: 0, half: "pm" };
  if (/^midnight$/i.test(text)) return { hour: 12, minute: 0, half: "am" };
  const match = /^(\d{1,2})(?::(\d{2}))?(?: ?([ap])\.?m\.?)?$/i.exec(text);
  if (!match) return null;
  const [hour, minute] = [Number(match[1]), Number(match[2] ?? 0)];
  const half = match[3] ? (match[3].toLowerCase() === "a" ? "am" : "pm") : null;
  return minute < 60 && hour <= (half ? 12 : 23) && (!half || hour > 0) ? { hour, minute, half } : null;
}

/** Minutes since midnight. */
export function minutesOf({ hour, minute, half }: TypedClock): number {
  const ofDay = half ? (hour % 12) + (half === "pm" ? 12 : 0) : hour;
  return ofDay * 60 + minute;
}
