/** What the mood values 1 to 5 are called, 1 first. */
export const MOOD_NAMES = ["awful", "bad", "meh", "good", "great"] as const;

/** Name of a mood value, "" for anything else. */
export function moodName(value: number): string {
  return MOOD_NAMES[value - 1] ?? "";
}
