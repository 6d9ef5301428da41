import type { EntityType } from "../../domain/entities/entity-type.ts";
import { MoodsyncError } from "../../domain/moodsync-error.ts";
import type { ListFilter } from "../../entries/list-entries.ts";
import { readTypedFilter, type TypedFilter } from "../../entries/typed-filter.ts";
import { type DayOptions, parsePeriod } from "../../input/period.ts";
import type { Period } from "../../input/period-words.ts";
import type { Context } from "../context.ts";
import { calendarOf } from "../preferences.ts";

/** What the options and a period ("" for none) restrict. Throws `usage` for what none of the types has, and
 *  `invalid_input`. */
export async function readFilter(
  context: Context,
  options: TypedFilter,
  typedPeriod: string,
  entityTypes: readonly EntityType[],
): Promise<ListFilter> {
  const { on, since, until, mood, type, activity = [], notActivity = [] } = options;
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
  const period = typedPeriod === "" ? null : await readTypedPeriod(typedPeriod, days);
  return readTypedFilter(options, days, period);

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
