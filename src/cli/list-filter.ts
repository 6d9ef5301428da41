import type { EntityType } from "../domain/entities/entity-type.ts";
import { MoodsyncError } from "../domain/moodsync-error.ts";
import type { ListFilter } from "../entries/list-entries.ts";
import { parseMoodRange } from "../input/mood-range.ts";
import { type DayOptions, parsePeriod } from "../input/period.ts";
import type { Period } from "../input/period-words.ts";
import type { TimeBound } from "../input/time-bound.ts";
import { boundOf, parseTimeBound } from "../input/time-bound.ts";
import type { Context } from "./context.ts";
import { calendarOf } from "./preferences.ts";

/** What restricts a list, as it is typed. */
export interface FilterOptions {
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

/** What the options and a period ("" for none) restrict. Throws `usage` for what none of the types has, and
 *  `invalid_input`. */
export async function readFilter(
  context: Context,
  options: FilterOptions,
  typedPeriod: string,
  entityTypes: readonly EntityType[],
): Promise<ListFilter> {
  const { on, since, until, mood, type, activity = [], notActivity = [], search, deleted } = options;
  const isOfTime = typedPeriod !== "" || [on, since, until].some((when) => when !== undefined);
  requireOneOf(
    isOfTime,
    ["MoodEntry", "AssessmentEntry"],
    "A period, --on, --since and --until are for moods and assessments.",
  );
  requireOneOf(mood !== undefined, ["MoodEntry"], "--mood is for moods.");
  requireOneOf(
    type !== undefined,
    ["AssessmentEntry", "Schedule"],
    "--type is for assessments and schedules.",
  );
  requireOneOf(activity.length > 0, ["MoodEntry"], "--activity is for moods.");
  requireOneOf(notActivity.length > 0, ["MoodEntry"], "--not-activity is for moods.");
  const days = { nowMs: context.nowMs(), ...calendarOf(context) };
  const periods = await Promise.all([
    ...(typedPeriod === "" ? [] : [readTypedPeriod(typedPeriod, days)]),
    ...(on === undefined ? [] : [parsePeriod(on, days)]),
  ]);
  const bounds = async (text: string | undefined, end: "since" | "until"): Promise<TimeBound[]> => {
    const typed = text === undefined ? null : await parseTimeBound(text, end, days);
    return [...periods.map((period) => boundOf(period, end, days.dayStartMs)), typed].filter(
      (bound) => bound !== null,
    );
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

  function requireOneOf(isAsked: boolean, having: readonly EntityType[], sentence: string): void {
    if (isAsked && !entityTypes.some((entityType) => having.includes(entityType)))
      throw new MoodsyncError("usage", sentence);
  }
}

/** What was typed may as well have been meant as a list. */
async function readTypedPeriod(typed: string, days: DayOptions): Promise<Period> {
  try {
    return await parsePeriod(typed, days);
  } catch (error) {
    if (!(error instanceof MoodsyncError) || /\d/.test(typed)) throw error;
    throw new MoodsyncError("usage", `"${typed}" is neither a list nor a period.`, {
      hint: `Lists: moods, assessments, activities, schedules, all. ${error.hint ?? ""}`.trimEnd(),
    });
  }
}
