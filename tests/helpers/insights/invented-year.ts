import type { ComparedActivity } from "../../../src/insights/activities.ts";
import { type Day, weekdayOf } from "../../../src/insights/day.ts";
import { createRandom } from "../../../src/insights/random.ts";

/** Wednesday 25 November 2026. */
export const LAST_DAY = 20_782;

/** A year of somebody invented, a row for each weekday from Monday on, a column for each week. */
const WEEKS = [
  "·333214233·3132314·3·4·34223·45344···4333542123433312",
  "·32222·132432234333233·33334454··4··3334453321·443334",
  "3·33224332231322·23·33·23·23454444··4245454141·4233·4",
  "214413·22222133342423··43·33543·34·433·55452224323·3·",
  "1·3223333234222322334··34425545·3··53444·5423123344··",
  "4234·323224134542·4····34443334332·4445·54334132·434·",
  "2·3313·2223·324242224·23433334334··42344542233442335·",
];

const FIRST_MONDAY = LAST_DAY - 2 - 7 * 52;

const OCCASIONS: Record<string, (value: number, weekday: number, chance: number) => boolean> = {
  work: (_value, weekday, chance) => chance < (weekday < 5 ? 0.75 : 0.1),
  friends: (value, weekday, chance) => chance < (value - 1) * 0.1 + (weekday > 4 ? 0.15 : 0),
  run: (_value, _weekday, chance) => chance < 0.25,
  reading: (_value, _weekday, chance) => chance < 0.2,
  family: (_value, weekday, chance) => chance < (weekday > 4 ? 0.5 : 0.12),
  "late night": (_value, _weekday, chance) => chance < 0.08,
  alcohol: (_value, weekday, chance) => chance < (weekday > 3 ? 0.2 : 0.03),
};

export const INVENTED_ACTIVITIES: ComparedActivity[] = Object.keys(OCCASIONS).map((label) => ({
  id: label,
  label,
  isArchived: false,
}));

/** Every sixth day has a second entry, one level away. */
export const INVENTED_YEAR: readonly Day[] = inventYear();

function inventYear(): Day[] {
  const random = createRandom(2026);
  const days: Day[] = [];
  for (let day = FIRST_MONDAY; day <= LAST_DAY; day++) {
    const digit = WEEKS[weekdayOf(day)]![Math.floor((day - FIRST_MONDAY) / 7)];
    const value = Number(digit);
    if (digit === undefined || Number.isNaN(value)) continue;
    const counts: [number, number, number, number, number] = [0, 0, 0, 0, 0];
    counts[value - 1]!++;
    if (day % 6 === 0) counts[value === 5 ? 3 : value]!++;
    const activities = Object.entries(OCCASIONS)
      .filter(([, isOn]) => isOn(value, weekdayOf(day), random.next()))
      .map(([label]) => label);
    days.push({ day, counts, activities });
  }
  return days;
}
