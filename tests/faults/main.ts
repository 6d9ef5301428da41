import { execFileSync } from "node:child_process";
import { mkdtempSync, rmSync } from "node:fs";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { parseArgs } from "node:util";
import { startPrivatePostgres } from "../../server/private-postgres/start.ts";
import { createDatabase } from "../helpers/postgres/postgres-databases.ts";
import { createRandom } from "../simulation/random.ts";
import { openResources } from "./resources.ts";
import type { Need, Scenario } from "./scenario.ts";
import { SCENARIOS } from "./scenarios.ts";

// npm run faults -- --seed S --only NAME: puts the built program in trouble of every kind and prints what came of it.
// Ends with 1 unless everything that was asked for ran and held.

const { values } = parseArgs({
  options: { seed: { type: "string", default: String(Date.now() % 1_000_000) }, only: { type: "string" } },
});
const bin = fileURLToPath(new URL("../../bin/moodsync.js", import.meta.url));
const print = (line: string) => process.stdout.write(`${line}\n`);
const chosen = SCENARIOS.filter(({ name }) => !values.only || name.includes(values.only));
if (chosen.length === 0) {
  print(`No scenario's name contains that. There are: ${SCENARIOS.map(({ name }) => name).join(", ")}.`);
  process.exit(2);
}

const directory = mkdtempSync("/tmp/moodsync-faults-");
const postgres = await startPrivatePostgres({
  directory: join(directory, "home/postgres"),
  systemDirectory: directory,
  purpose: "serve",
  settings: { fsync: "off", full_page_writes: "off", max_connections: "100" }, // nobody crashes this one
});
let databases = 0;
const count = { ok: 0, FAILED: 0, "not run": 0 };
print(`seed ${values.seed}`);
try {
  for (const scenario of chosen) count[await runScenario(scenario)]++;
} finally {
  await postgres.stop();
  rmSync(directory, { recursive: true, force: true });
}
print(
  `${count.ok} of ${chosen.length} held, ${count.FAILED} failed, ${count["not run"]} not run; seed ${values.seed}`,
);
process.exitCode = count.ok === chosen.length ? 0 : 1;

async function runScenario(scenario: Scenario): Promise<keyof typeof count> {
  const missing = scenario.needs.filter((need) => !isThere(need));
  if (missing.length > 0) {
    print(`not run  ${scenario.name}: it needs ${missing.join(" and ")}, which is not here`);
    return "not run";
  }
  const resources = openResources({
    bin,
    random: createRandom(Number(values.seed)),
    isLong: true,
    createDatabase: () => createDatabase(postgres.url, `faults_${databases++}`),
  });
  const startedAtMs = performance.now();
  const failures: string[] = [];
  const noteFailure = (error: unknown) => {
    failures.push((error as Error).message);
    return "";
  };
  const told = await scenario.run(resources).catch(noteFailure);
  await resources.close().catch(noteFailure);
  const seconds = Math.round((performance.now() - startedAtMs) / 1000);
  if (failures.length === 0) print(`ok       ${scenario.name}: ${told} (${seconds} s)`);
  else print(`FAILED   ${scenario.name} (${seconds} s): ${failures.join("; ")}`);
  return failures.length === 0 ? "ok" : "FAILED";
}

function isThere(need: Need): boolean {
  if (need === "root") return process.getuid?.() === 0;
  try {
    execFileSync("strace", ["-o", "/dev/null", "true"], { stdio: "ignore" });
    return true;
  } catch {
    return false;
  }
}
