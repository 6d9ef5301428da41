import { existsSync, readFileSync, writeFileSync } from "node:fs";
import { amountOf, type Figure } from "./figure.ts";

const FILE = new URL("baseline.json", import.meta.url);
/** A ratio that is worse by more than this has lost. */
const MOST_LOSS = 0.15;

type Baseline = Record<string, number>;

/** The ratios of a run, for later ones to be compared with. */
export function writeBaseline(figures: readonly Figure[]): void {
  const ratios = figures
    .filter(({ reference }) => reference)
    .map((figure) => [keyOf(figure), Number(amountOf(figure).toFixed(3))]);
  writeFileSync(FILE, `${JSON.stringify(Object.fromEntries(ratios), null, 2)}\n`);
}

/** Prints what has lost against the baseline, which lets the process end with an error. */
export function checkBaseline(figures: readonly Figure[]): void {
  const baseline: Baseline = existsSync(FILE) ? JSON.parse(readFileSync(FILE, "utf8")) : {};
  const known = figures.filter((figure) => figure.reference && baseline[keyOf(figure)] !== undefined);
  const lost = known.filter((figure) => lossOf(figure, baseline[keyOf(figure)]!) > MOST_LOSS);
  for (const figure of lost) {
    const [now, before] = [amountOf(figure).toFixed(2), baseline[keyOf(figure)]!.toFixed(2)];
    process.stdout.write(`LOST  ${figure.name}: ${now} ×, ${before} × in the baseline\n`);
  }
  process.stdout.write(`${known.length} ratios compared with the baseline, ${lost.length} lost\n`);
  if (lost.length > 0 || known.length === 0) process.exitCode = 1;
}

/** One name is measured beside several references: a first upload, beside each peer. */
function keyOf({ name, reference }: Figure): string {
  return `${name}, against ${reference?.name}`;
}

/** By which part a ratio is worse: below 0 it is better. */
function lossOf(figure: Figure, before: number): number {
  const now = amountOf(figure);
  return figure.unit === "a second" ? before / now - 1 : now / before - 1;
}
