import type { Day } from "../../../src/insights/day.ts";
import { weekdayOf } from "../../../src/insights/day.ts";
import { gaussian } from "../../../src/insights/gaussian.ts";
import { createRandom, type Random } from "../../../src/insights/random.ts";

/** Somebody's days as the simulation makes them up. */
export interface World {
  days: number;
  /** How much of a day's departure from the mean is left on the next day, 0 to 1 (AR(1)). */
  carryOver: number;
  /** Share of the days that have an entry. */
  coverage: number;
  /** Added to the mood of the days with the activity `effect`, in steps of the scale. */
  effect: number;
  /** Added to the mood of Mondays. */
  monday: number;
  /** Added to the mood of the second half. */
  shift: number;
}

export const NULL_WORLD: World = { days: 90, carryOver: 0.5, coverage: 0.9, effect: 0, monday: 0, shift: 0 };

/** 1 January 2026, a Thursday. */
const FIRST_DAY = 20_454;

const MEAN = 3.2;
const DEVIATION = 1;

/** Activities by what decides on which days they are: chance alone, the weekday, or the day before. */
const ACTIVITIES: Record<string, (day: number, before: boolean, random: Random) => boolean> = {
  effect: (_day, _before, random) => random.next() < 1 / 3,
  half: (_day, _before, random) => random.next() < 0.5,
  seldom: (_day, _before, random) => random.next() < 0.2,
  often: (_day, _before, random) => random.next() < 0.75,
  workdays: (day, _before, random) => random.next() < (weekdayOf(day) < 5 ? 0.8 : 0.1),
  weekend: (day, _before, random) => random.next() < (weekdayOf(day) < 5 ? 0.1 : 0.6),
  phases: (_day, before, random) => random.next() < (before ? 0.8 : 0.15),
  spells: (_day, before, random) => random.next() < (before ? 0.6 : 0.2),
};

export const SIMULATED_ACTIVITIES = Object.keys(ACTIVITIES);

/** Days of moods 1 to 5: a Gaussian AR(1) with deviation 1, rounded; every fifth day has two entries. With an effect,
 *  the activity `effect` is on a third of the days. */
export function simulateDays(world: World, seed: number): Day[] {
  const random = createRandom(seed);
  const before = new Map<string, boolean>();
  const innovation = DEVIATION * Math.sqrt(1 - world.carryOver ** 2);
  let state = DEVIATION * gaussian(random);
  const days: Day[] = [];
  for (let at = 0; at < world.days; at++) {
    const day = FIRST_DAY + at;
    state = world.carryOver * state + innovation * gaussian(random);
    const activities = SIMULATED_ACTIVITIES.filter((name) => {
      const isOn = ACTIVITIES[name]!(day, before.get(name) ?? false, random);
      before.set(name, isOn);
      return isOn;
    });
    let level = MEAN + state;
    if (activities.includes("effect")) level += world.effect;
    if (weekdayOf(day) === 0) level += world.monday;
    if (at >= world.days / 2) level += world.shift;
    const isLogged = random.next() < world.coverage;
    const entries = random.next() < 0.2 ? 2 : 1;
    const counts: [number, number, number, number, number] = [0, 0, 0, 0, 0];
    for (let entry = 0; entry < entries; entry++) {
      const moment = entries === 1 ? level : level + 0.3 * gaussian(random);
      counts[Math.min(5, Math.max(1, Math.round(moment))) - 1]!++;
    }
    if (isLogged) days.push({ day, counts, activities });
  }
  return days;
}
