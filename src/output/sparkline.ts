const STEPS = ["▁", "▂", "▃", "▄", "▅", "▆", "▇", "█"];

/** Values in one line of bars, from `min` (the lowest) to `max`: for terminals that have them and eyes that see them,
 *  beside the figures themselves. Empty in ASCII and in plain words. */
export function sparkline(
  values: readonly number[],
  { min, max }: { min: number; max: number },
  style: { isAscii: boolean; isPlain: boolean },
): string {
  if (style.isAscii || style.isPlain) return "";
  return values
    .map((value) => {
      const part = max > min ? (value - min) / (max - min) : 0;
      return STEPS[Math.min(STEPS.length - 1, Math.max(0, Math.round(part * (STEPS.length - 1))))]!;
    })
    .join("");
}
