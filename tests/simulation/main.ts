import { parseArgs } from "node:util";
import { generateSchedule } from "./generate.ts";
import { LEGACY_CLIENT } from "./legacy-client.ts";
import { loadSubject } from "./load-subject.ts";
import { createSimulation } from "./run.ts";
import { shrink } from "./shrink.ts";

// npm run simulate -- --runs N --seed S: runs N schedules, from seed S on, and prints what they broke.

const { values } = parseArgs({
  options: {
    runs: { type: "string", default: "50000" },
    seed: { type: "string", default: String(Date.now() % 1_000_000_000) },
    failures: { type: "string", default: "1" },
  },
});
const print = (line: string) => process.stdout.write(`${line}\n`);
const runs = Number(values.runs);
const firstSeed = Number(values.seed);
const run = createSimulation({
  merging: await loadSubject("merging", []),
  legacy: await loadSubject("legacy", LEGACY_CLIENT),
});

print(`${runs} schedules from seed ${firstSeed}`);
const startedAtMs = performance.now();
const byMix = new Map<string, { runs: number; failures: number }>();
let failures = 0;
let done = 0;
for (let seed = firstSeed; seed < firstSeed + runs && failures < Number(values.failures); seed++) {
  const { mix, schedule } = generateSchedule(seed);
  const failure = await run(schedule);
  done++;
  const counts = byMix.get(mix.name) ?? { runs: 0, failures: 0 };
  byMix.set(mix.name, { runs: counts.runs + 1, failures: counts.failures + (failure ? 1 : 0) });
  if (!failure) continue;
  failures++;
  const shrunk = await shrink(
    schedule,
    async (candidate) => (await run(candidate))?.invariant === failure.invariant,
  );
  print(`seed ${seed} (${mix.name}) broke: ${failure.invariant}`);
  print((await run(shrunk))?.detail ?? "");
  print(JSON.stringify(shrunk, null, 1).replaceAll(/\n {3,}/g, " "));
}
const seconds = (performance.now() - startedAtMs) / 1000;
for (const [name, counts] of byMix) print(`${name}: ${counts.runs} runs, ${counts.failures} failures`);
print(`${done} schedules in ${seconds.toFixed(1)} s: ${Math.round(done / seconds)} a second`);
process.exitCode = failures > 0 ? 1 : 0;
