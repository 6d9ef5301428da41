// npm run calibrate: how often the insights show something where there is nothing, and find what there is, over
// simulated people. Prints the tables of docs/statistics.md. `--runs N`: people a row, 1000 when not said. `--seed S`: the
// seed of the first of them, 1 when not said; the others follow it.

import { parseArgs } from "node:util";
import { measure, type Shown } from "./measure.ts";
import { NULL_WORLD, type World } from "./moods.ts";

const { values } = parseArgs({
  options: { runs: { type: "string", default: "1000" }, seed: { type: "string", default: "1" } },
});
const [runs, firstSeed] = [Number(values.runs), Number(values.seed)];

const WITHOUT_EFFECT: Record<string, Partial<World>> = {
  "90 days, carry-over 0.3": { carryOver: 0.3 },
  "90 days, carry-over 0.5": {},
  "90 days, carry-over 0.7": { carryOver: 0.7 },
  "90 days, half with entries": { coverage: 0.5 },
  "365 days, carry-over 0.5": { days: 365 },
};
const WITH_EFFECT: Record<string, Partial<World>> = {
  "effect 0.3": { effect: 0.3 },
  "effect 0.5": { effect: 0.5 },
  "effect 0.8": { effect: 0.8 },
};
const WITH_CHANGE: Record<string, Partial<World>> = {
  "second half 1 lower": { shift: -1 },
  "second half 1.5 lower": { shift: -1.5 },
  "Mondays 0.8 lower": { monday: -0.8 },
};

const percent = (share: number) => `${(100 * share).toFixed(1)} %`;

function table(
  title: string,
  worlds: Record<string, Partial<World>>,
  columns: readonly (keyof Shown)[],
): Shown[] {
  process.stdout.write(
    `\n${title} (${runs} people a row)\n| world | ${columns.join(" | ")} |\n|--|${columns.map(() => "--").join("|")}|\n`,
  );
  return Object.entries(worlds).map(([name, world]) => {
    const shown = measure({ ...NULL_WORLD, ...world }, runs, firstSeed);
    process.stdout.write(`| ${name} | ${columns.map((column) => percent(shown[column])).join(" | ")} |\n`);
    return shown;
  });
}

const nothing = table("Shown although there is nothing", WITHOUT_EFFECT, [
  "anyActivity",
  "weekday",
  "changePoint",
  "period",
]);
const full = Object.fromEntries(
  Object.entries(WITH_EFFECT).map(([name, world]) => [name, { ...world, coverage: 1 }]),
);
const effects = table("An activity on 30 of 90 days, found", full, ["effect", "effectCovered"]);
table("A change of the level or of a weekday, found", WITH_CHANGE, ["changePoint", "weekday", "period"]);

const problems = [
  ...nothing.flatMap(({ anyActivity, weekday, changePoint }) => [
    ...(anyActivity > 0.1 ? ["an activity in more than 10 % of the people without effects"] : []),
    ...(weekday > 0.05 ? ["a weekday in more than 5 %"] : []),
    ...(changePoint > 0.05 ? ["a change point in more than 5 %"] : []),
  ]),
  ...(effects.at(-1)!.effect < 0.8 ? ["an effect of 0.8 found in fewer than 80 %"] : []),
];
for (const problem of problems) process.stdout.write(`OVER  ${problem}\n`);
if (problems.length > 0) process.exitCode = 1;
