// npm run bench:fairness: what a small request and a small upload of one account take while another one, or somebody without a key, does
// its worst, against what they take on the same server in quiet. Ends with an error when a limit is passed.
// `npm run bench:fairness -- pages` runs those whose name has the word.
// Quiet and attack take turns, and each attack is compared to the quiet before and after it; the middle ratio counts. How
// busy the machine is in quiet is printed beside it: what others do on it hides an attack, or looks like one.

import { type ChildProcess, fork } from "node:child_process";
import { once } from "node:events";
import { cpus } from "node:os";
import { setTimeout as sleep } from "node:timers/promises";
import { fileURLToPath } from "node:url";
import { ATTACKS } from "./attacks.ts";
import { type Figure, report } from "./figure.ts";
import { median } from "./measure.ts";
import type { Phase, PhaseTimes } from "./small-requests.ts";
import { type SyncServer, startSyncServer } from "./sync-server.ts";

const MAX_RATIO = 5;
const ROUNDS = 3;
const QUIET_MS = 5_000;
const ATTACK_MS = 8_000;
/** After an attack has begun or ended, in ms. */
const SETTLE_MS = 2_000;

const [wanted = ""] = process.argv.slice(2);
const server = await startSyncServer();
const client = start("small-requests.ts");
try {
  for (const name of Object.keys(ATTACKS).filter((name) => name.includes(wanted))) {
    report(await measure(server, name));
  }
} finally {
  client.kill();
  await server.stop();
}

async function measure({ url, addAccount }: SyncServer, name: string): Promise<Figure[]> {
  const [apiKey, attacker] = [addAccount(), addAccount()];
  await requestTimes({ url, apiKey, forMs: SETTLE_MS });
  const busyInQuiet = processorsBusy();
  const quiets = [await requestTimes({ url, apiKey, forMs: QUIET_MS })];
  const busy = busyInQuiet();
  const attacks: PhaseTimes[] = [];
  let answers = 0;
  for (let round = 0; round < ROUNDS; round++) {
    const attack = start("attack.ts");
    attack.send({ name, target: { url, apiKey: attacker } });
    await once(attack, "message");
    await sleep(SETTLE_MS);
    attack.on("message", () => answers++);
    attacks.push(await requestTimes({ url, apiKey, forMs: ATTACK_MS }));
    attack.kill("SIGKILL");
    await once(attack, "exit");
    await sleep(SETTLE_MS);
    quiets.push(await requestTimes({ url, apiKey, forMs: QUIET_MS }));
  }
  const acts = `${(answers / ((ROUNDS * ATTACK_MS) / 1_000)).toFixed(1)} acts a second`;
  const processors = `processors ${(100 * busy).toFixed(0)} % busy in quiet`;
  return (["request", "upload"] as const).map((kind): Figure => {
    const p99 = (times: PhaseTimes) => percentile(times[kind], 0.99);
    const quietsBeside = attacks.map((_, round) => (p99(quiets[round]!) + p99(quiets[round + 1]!)) / 2);
    const ratios = attacks.map((attack, round) => p99(attack) / quietsBeside[round]!);
    const middle = ratios.indexOf(median(ratios));
    const [attack, quiet] = [attacks[middle]!, quiets[middle]!];
    return {
      name: `small ${kind} during ${name}, p99`,
      unit: "ms",
      values: [p99(attack)],
      reference: { name: "one in quiet", values: [quietsBeside[middle]!] },
      remark:
        `all ${ratios.map((ratio) => ratio.toFixed(1)).join(", ")}; ` +
        `p50 ${inMs(attack[kind], 0.5)} and ${inMs(quiet[kind], 0.5)} ms, ` +
        `own lag p99 ${inMs(attack.lag, 0.99)} and ${inMs(quiet.lag, 0.99)} ms; ${acts}; ${processors}`,
      limit: { most: MAX_RATIO },
    };
  });
}

function start(file: string): ChildProcess {
  return fork(fileURLToPath(new URL(file, import.meta.url)));
}

async function requestTimes(phase: Phase): Promise<PhaseTimes> {
  client.send(phase);
  const answered = new AbortController();
  const { signal } = answered;
  try {
    const [times] = await Promise.race([
      once(client, "message", { signal }),
      once(client, "exit", { signal }).then(() => {
        throw new Error("the small requests ended");
      }),
    ]);
    return times;
  } finally {
    answered.abort(); // takes the listener off that waits in vain
  }
}

function percentile(sorted: readonly number[], part: number): number {
  return sorted[Math.min(sorted.length - 1, Math.floor(sorted.length * part))]!;
}

function inMs(sorted: readonly number[], part: number): string {
  return percentile(sorted, part).toFixed(0);
}

/** Begins to watch all processors; the result is which part of their time since then they were busy. */
function processorsBusy(): () => number {
  const read = () => {
    const times = cpus().map(({ times }) => times);
    const idle = times.reduce((sum, time) => sum + time.idle, 0);
    return {
      idle,
      all: times.reduce((sum, { user, nice, sys, idle, irq }) => sum + user + nice + sys + idle + irq, 0),
    };
  };
  const before = read();
  return () => {
    const now = read();
    return 1 - (now.idle - before.idle) / (now.all - before.all);
  };
}
