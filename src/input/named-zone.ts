import { MoodsyncError } from "../domain/moodsync-error.ts";
import { DAY_MS } from "../domain/time/durations.ts";
import type { Zone } from "../domain/time/wall-time.ts";

/** The time zone of a name like "Europe/Berlin". Throws `usage` for one that there is not. */
export function namedZone(name: string): Zone {
  const format = formatOf(name);
  const offsetAt = (ms: number) => {
    const shown = format.formatToParts(ms).find(({ type }) => type === "timeZoneName")!.value;
    const [, sign, hours = 0, minutes = 0] = /GMT(?:([+-])(\d{2}):(\d{2}))?/.exec(shown) ?? [];
    return (sign === "-" ? -1 : 1) * (Number(hours) * 60 + Number(minutes)) + 0;
  };
  const offsetByMidnight = new Map<number, number>();
  const offsetAtMidnight = (day: number) => {
    let offset = offsetByMidnight.get(day);
    if (offset === undefined) {
      offset = offsetAt(day * DAY_MS);
      if (offsetByMidnight.size === MAX_REMEMBERED) offsetByMidnight.clear();
      offsetByMidnight.set(day, offset);
    }
    return offset;
  };
  return (ms) => {
    const day = Math.floor(ms / DAY_MS);
    const offset = offsetAtMidnight(day);
    // No zone changes twice within a day.
    return offset === offsetAtMidnight(day + 1) ? offset : offsetAt(ms);
  };
}

/** Midnights (of UTC) whose offsets are kept: asking for one takes some microseconds, and an import asks several times for each row. */
const MAX_REMEMBERED = 50_000;

function formatOf(name: string): Intl.DateTimeFormat {
  try {
    return new Intl.DateTimeFormat("en-US", { timeZone: name, timeZoneName: "longOffset" });
  } catch {
    throw new MoodsyncError("usage", "There is no such time zone.", {
      hint: "Name one like Europe/Berlin or America/New_York.",
    });
  }
}
