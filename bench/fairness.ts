// npm run bench:fairness: what the small request of one account takes while another one, or somebody without a key, does
// its worst, against what it takes on the same server in quiet. Ends with an error when a limit is passed.
// `npm run bench:fairness -- pages` runs those whose name has the word.

import { fork } from "node:child_process";
import { once } from "node:events";
import { setTimeout as sleep } from "node:timers/promises";
import { fileURLToPath } from "node:url";
import { ATTACKS } from "./attacks.ts";
import { type Figure, ratioFigure, report } from "./figure.ts";
import { type SyncServer, startSyncServer } from "./sync-server.ts";

const MAX_RATIO = 5;
const QUIET_MS = 5_000;
const ATTACK_MS = 12_000;
/** Between two requests, in ms. */
const PAUSE_MS = 20;

const [wanted = ""] = process.argv.slice(2);
const server = await startSyncServer();
try {
  for (const name of Object.keys(ATTACKS).filter((name) => name.includes(wanted))) {
    report([await measure(server, name)]);
  }
} finally {
  await server.stop();
}

async function measure(server: SyncServer, name: string): Promise<Figure> {
  const apiKey = server.addAccount();
  await requestTimes(server.url, apiKey, 1_000);
  const quiet = await requestTimes(server.url, apiKey, QUIET_MS);
  const attack = fork(fileURLToPath(new URL("attack.ts", import.meta.url)));
  try {
    attack.send({ name, target: { url: server.url, apiKey: server.addAccount() } });
    await once(attack, "message");
    await sleep(1_000);
    const attacked = await requestTimes(server.url, apiKey, ATTACK_MS);
    return ratioFigure({
      name: `small request during ${name}, p99`,
      subjectMs: percentile(attacked, 0.99),
      referenceMs: percentile(quiet, 0.99),
      reference: `one in quiet; p50 ${percentile(attacked, 0.5).toFixed(0)} and ${percentile(quiet, 0.5).toFixed(0)} ms`,
      limit: MAX_RATIO,
    });
  } finally {
    attack.kill("SIGKILL");
    await once(attack, "exit");
  }
}

/** How long each request of an account took, in ms. Throws when one is not answered with 200. */
async function requestTimes(url: string, apiKey: string, forMs: number): Promise<number[]> {
  const times: number[] = [];
  for (const end = performance.now() + forMs; performance.now() < end; ) {
    const startedAt = performance.now();
    const answer = await fetch(`${url}/v1/devices`, { headers: { authorization: `Bearer ${apiKey}` } });
    await answer.text();
    if (answer.status !== 200) throw new Error(`a small request was answered ${answer.status}`);
    times.push(performance.now() - startedAt);
    await sleep(PAUSE_MS);
  }
  return times.sort((a, b) => a - b);
}

function percentile(sorted: readonly number[], part: number): number {
  return sorted[Math.min(sorted.length - 1, Math.floor(sorted.length * part))]!;
}
