import type { Scale } from "../formats/format.ts";

/** A value of another scale on that of 1 to 5, linearly, halves away from 3; null for one outside of its scale. */
export function levelOnScale(value: number, { min, max }: Scale): number | null {
  if (!(value >= min && value <= max)) return null;
  const fromMiddle = ((value - min) * 4) / (max - min) - 2;
  return 3 + Math.sign(fromMiddle) * Math.floor(Math.abs(fromMiddle) + 0.5 + ROUNDING);
}

/** What a half may be off as a binary fraction. */
const ROUNDING = 1e-9;

/** As it is typed and shown: "1-10". */
export function scaleText({ min, max }: Scale): string {
  return `${min}-${max}`;
}

/** Reads "1-10", "0 to 4", "-2..2", also with an en dash; null for what is none. */
export function parseScale(text: string): Scale | null {
  const match = /^\s*([-\u2212]?\d{1,4})\s*(?:-|\u2013|to|\.\.|\/)\s*([-\u2212]?\d{1,4})\s*$/i.exec(text);
  if (!match) return null;
  const [min, max] = [match[1]!, match[2]!].map((part) => Number(part.replace("\u2212", "-")));
  return min! < max! ? { min: min!, max: max! } : null;
}
