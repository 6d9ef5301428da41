import { median } from "./measure.ts";

/** What one question was answered with, beside its reference of the same run. */
export interface Figure {
  /** The same in every run: the baseline knows a figure by it and by its reference. */
  name: string;
  unit: Unit;
  /** Of each round. */
  values: readonly number[];
  /** What the values are a multiple of; without it they stand for themselves, and the baseline does not have them. */
  reference?: { name: string; values: readonly number[] };
  /** Of the ratio, or of the values where there is no reference; none: the figure is only told. */
  limit?: { most: number } | { least: number };
  /** What else was seen. */
  remark?: string;
}

/** Of "a second" more is better, of all others less. */
export type Unit = "ms" | "MB" | "bytes" | "a second";

/** The middle ratio of the rounds, which a machine that is faster in some of them leaves alone; of the medians, where the
 *  reference was not measured in the same rounds; where there is no reference the median. */
export function amountOf({ values, reference }: Figure): number {
  if (!reference) return median(values);
  if (values.length !== reference.values.length) return median(values) / median(reference.values);
  return median(values.map((value, round) => value / reference.values[round]!));
}

function isWithinLimit(figure: Figure): boolean {
  const { limit } = figure;
  if (!limit) return true;
  return "most" in limit ? amountOf(figure) <= limit.most : amountOf(figure) >= limit.least;
}

/** "1.42 ×", or without a reference "5.2 ms". */
export function amountText(figure: Figure): string {
  return figure.reference ? `${amountOf(figure).toFixed(2)} ×` : spreadText(figure.values, figure.unit);
}

/** "at most 1.6 ×"; "" where there is none. */
export function limitText({ limit, reference, unit }: Figure): string {
  if (!limit) return "";
  const [word, amount] = "most" in limit ? ["most", limit.most] : ["least", limit.least];
  return `at ${word} ${amount} ${reference ? "×" : unit}`;
}

/** The median and, of several values, the least and the most: "61 ms (58–70)". */
export function spreadText(values: readonly number[], unit: Unit): string {
  const text = (value: number) => value.toFixed(value < 10 ? 1 : 0);
  const spread = values.length > 1 ? ` (${text(Math.min(...values))}–${text(Math.max(...values))})` : "";
  return `${text(median(values))} ${unit}${spread}`;
}

/** Prints each figure; one over its limit lets the process end with an error. */
export function report(figures: readonly Figure[]): void {
  for (const figure of figures) {
    const { name, values, unit, reference, remark } = figure;
    const isGood = isWithinLimit(figure);
    const measured = reference
      ? `${amountText(figure)} (${spreadText(values, unit)} against ${spreadText(reference.values, unit)} for ${reference.name})`
      : amountText(figure);
    const more = [limitText(figure), remark ?? ""].filter((text) => text !== "").map((text) => `; ${text}`);
    process.stdout.write(`${isGood ? "ok  " : "OVER"}  ${name}: ${measured}${more.join("")}\n`);
    if (!isGood) process.exitCode = 1;
  }
}
