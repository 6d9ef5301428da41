import { parseMoodRange } from "../input/mood-range.ts";
import { type DayOptions, parsePeriod } from "../input/period.ts";
import type { Period } from "../input/period-words.ts";
import { boundOf, parseTimeBound, type TimeBound } from "../input/time-bound.ts";
import type { ListFilter } from "./list-entries.ts";

/** What restricts a list, as it is typed. */
export interface TypedFilter {
  on?: string;
  since?: string;
  until?: string;
  mood?: string;
  type?: string;
  activity?: string[];
  notActivity?: string[];
  search?: string;
  deleted?: boolean;
}

/** What was typed, and a period, as a filter. Throws `invalid_input`. */
export async function readTypedFilter(
  typed: TypedFilter,
  days: DayOptions,
  period: Period | null = null,
): Promise<ListFilter> {
  const { on, since, until, mood, type, activity = [], notActivity = [], search, deleted } = typed;
  const periods = [...(period ? [period] : []), ...(on === undefined ? [] : [await parsePeriod(on, days)])];
  const bounds = async (text: string | undefined, end: "since" | "until"): Promise<TimeBound[]> => {
    const bound = text === undefined ? null : await parseTimeBound(text, end, days);
    return [...periods.map((one) => boundOf(one, end, days.dayStartMs)), bound].filter((one) => one !== null);
  };
  return {
    since: await bounds(since, "since"),
    until: await bounds(until, "until"),
    moods: mood === undefined ? undefined : parseMoodRange(mood),
    type,
    activities: activity,
    notActivities: notActivity,
    search,
    deleted,
  };
}

/** Words that are searched, with options of `list` among them: `lake mood:1-2 activity:"late night" since:lastmonth`. */
export function typedSearch(text: string): TypedFilter {
  const typed: TypedFilter & { activity: string[]; notActivity: string[] } = {
    activity: [],
    notActivity: [],
  };
  const words = text.replace(
    OPTION,
    (_, name: string, quoted: string | undefined, word: string | undefined) => {
      const value = quoted ?? word ?? "";
      if (name === "activity") typed.activity.push(value);
      else if (name === "not-activity") typed.notActivity.push(value);
      else typed[name as "on" | "since" | "until" | "mood" | "type"] = value;
      return " ";
    },
  );
  return words.trim() === "" ? typed : { ...typed, search: words.trim() };
}

/** An option that has a value; one that is still being typed has none, and is no word either. */
const OPTION = /(?<!\S)(on|since|until|mood|type|activity|not-activity):(?:"([^"]*)"?|(\S+))?/g;
