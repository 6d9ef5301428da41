import { compareActivities } from "../../../src/insights/activities.ts";
import { changePoints } from "../../../src/insights/change-points.ts";
import { changeBetweenSpans } from "../../../src/insights/summary.ts";
import { weekdayPattern } from "../../../src/insights/weekdays.ts";
import { SIMULATED_ACTIVITIES, simulateDays, type World } from "./moods.ts";

/** Share of simulated people, 0 to 1, to whom something is shown. */
export interface Shown {
  /** Any activity stands out. */
  anyActivity: number;
  /** The activity `effect` does. */
  effect: number;
  /** Its interval holds the true effect. */
  effectCovered: number;
  weekday: number;
  changePoint: number;
  /** The second half differs from the first. */
  period: number;
}

const ACTIVITIES = SIMULATED_ACTIVITIES.map((label) => ({ id: label, label, isArchived: false }));

/** What `runs` people of a world are shown, by seeds that begin at `firstSeed`. */
export function measure(world: World, runs: number, firstSeed = 1): Shown {
  const seen: Shown = { anyActivity: 0, effect: 0, effectCovered: 0, weekday: 0, changePoint: 0, period: 0 };
  for (let run = 0; run < runs; run++) {
    const days = simulateDays(world, (firstSeed + run) * 7919);
    const { figures } = compareActivities(days, ACTIVITIES);
    const compared = figures.flatMap(({ activity, result }) =>
      result.status === "compared" ? [{ label: activity.label, ...result }] : [],
    );
    const effect = compared.find(({ label }) => label === "effect");
    const weekdays = weekdayPattern(days);
    const changes = changePoints(days);
    const middle = days[0]!.day + world.days / 2;
    const period = changeBetweenSpans(
      days.filter(({ day }) => day >= middle),
      days.filter(({ day }) => day < middle),
    );
    if (compared.some(({ standsOut }) => standsOut)) seen.anyActivity++;
    if (effect?.standsOut) seen.effect++;
    if (effect && effect.interval[0] <= world.effect && world.effect <= effect.interval[1])
      seen.effectCovered++;
    if (weekdays.status === "compared" && weekdays.standsOut !== null) seen.weekday++;
    if (changes.status === "searched" && changes.points.length > 0) seen.changePoint++;
    if (period.status === "compared" && !period.cannotTell) seen.period++;
  }
  return Object.fromEntries(
    Object.entries(seen).map(([key, count]) => [key, count / runs]),
  ) as unknown as Shown;
}
