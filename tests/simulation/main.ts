import { parseArgs } from "node:util";
import { loadSimulation } from "./load-simulation.ts";
import { hunt } from "./planted-bugs/hunt.ts";
import { PLANTED_BUGS } from "./planted-bugs/planted-bugs.ts";
import { shrink } from "./shrink.ts";

// npm run simulate -- --runs N --seed S: runs N schedules, from seed S on, and prints what they broke.
// --mix NAME: only schedules of the mixes whose names begin so.
// npm run simulate -- --planted: says after how many schedules each planted bug is noticed.

const { values } = parseArgs({
  options: {
    runs: { type: "string", default: "50000" },
    seed: { type: "string", default: String(Date.now() % 1_000_000_000) },
    failures: { type: "string", default: "1" },
    planted: { type: "boolean", default: false },
    mix: { type: "string", default: "" },
  },
});
const print = (line: string) => process.stdout.write(`${line}\n`);

if (values.planted) await huntAll();
else await simulate(Number(values.runs), Number(values.seed), Number(values.failures));

async function simulate(runs: number, firstSeed: number, maxFailures: number): Promise<void> {
  const { createRun, generateSchedule } = await loadSimulation();
  const run = createRun();
  print(`${runs} schedules from seed ${firstSeed}`);
  const startedAtMs = performance.now();
  const cpuAtStart = process.cpuUsage();
  const runsByMix = new Map<string, number>();
  let failures = 0;
  let done = 0;
  for (let seed = firstSeed; done < runs && failures < maxFailures; seed++) {
    const { mix, schedule } = generateSchedule(seed);
    if (!mix.name.startsWith(values.mix)) continue;
    const failure = await run(schedule);
    done++;
    runsByMix.set(mix.name, (runsByMix.get(mix.name) ?? 0) + 1);
    if (!failure) continue;
    failures++;
    process.exitCode = 1;
    const breaksTheSame = async (candidate: typeof schedule) =>
      (await run(candidate))?.invariant === failure.invariant;
    const shrunk = await shrink(schedule, breaksTheSame);
    print(`seed ${seed} (${mix.name}) broke: ${failure.invariant}`);
    print((await run(shrunk))!.detail);
    print(JSON.stringify({ broke: failure.invariant, schedule: shrunk }));
    print(`--seed ${seed} --runs 1 repeats it; the line above, saved in tests/simulation/found/, is a test.`);
  }
  const seconds = (performance.now() - startedAtMs) / 1000;
  const { user, system } = process.cpuUsage(cpuAtStart);
  const cpuSeconds = (user + system) / 1_000_000;
  const aMinute = (spent: number) => Math.round((done / spent) * 60).toLocaleString("en-US");
  for (const [name, count] of runsByMix) print(`${String(count).padStart(9)}  ${name}`);
  print(
    `${done} schedules, ${failures} failed: ${seconds.toFixed(1)} s (${aMinute(seconds)} a minute), of one core ${cpuSeconds.toFixed(1)} s (${aMinute(cpuSeconds)} a minute)`,
  );
}

async function huntAll(): Promise<void> {
  for (const bug of PLANTED_BUGS) {
    const found = await hunt(bug);
    if (!found) process.exitCode = 1;
    print(
      found ? `${String(found.schedules).padStart(6)}  ${bug.name}: ${found.broke}` : `SURVIVED  ${bug.name}`,
    );
  }
}
