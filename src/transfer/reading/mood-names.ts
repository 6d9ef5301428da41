import { comparableText } from "../../domain/text/text.ts";

/** Levels by the names of moods. */
export interface MoodNames {
  /** The level of a name, 1 to 5, whatever its case and blanks; undefined for one that is not among them. */
  levelOf(name: string): number | undefined;
}

export const NO_MOOD_NAMES: MoodNames = { levelOf: () => undefined };

/** Of several names with one comparable form the last counts. */
export function moodNames(levelByName: Iterable<readonly [name: string, level: number]>): MoodNames {
  const levels = new Map([...levelByName].map(([name, level]) => [comparableText(name), level]));
  return { levelOf: (name) => levels.get(comparableText(name)) };
}
