// Sends the small requests of one account, in a process of its own: bench/fairness.ts starts it and tells it each phase.

import { setTimeout as sleep } from "node:timers/promises";

/** What to measure. */
export interface Phase {
  url: string;
  apiKey: string;
  forMs: number;
}

/** What was measured, in ms, sorted. */
export interface PhaseTimes {
  requests: number[];
  /** By how much this process itself was late each time that it wanted to begin one. */
  lags: number[];
}

/** Between two requests, in ms. */
const PAUSE_MS = 10;

process.on("message", async (phase: Phase) => process.send!(await measure(phase)));

/** Throws when a request is not answered with 200. */
async function measure({ url, apiKey, forMs }: Phase): Promise<PhaseTimes> {
  const requests: number[] = [];
  const lags: number[] = [];
  for (const end = performance.now() + forMs; performance.now() < end; ) {
    const wantedAt = performance.now() + PAUSE_MS;
    await sleep(PAUSE_MS);
    const startedAt = performance.now();
    const answer = await fetch(`${url}/v1/devices`, { headers: { authorization: `Bearer ${apiKey}` } });
    await answer.text();
    if (answer.status !== 200) throw new Error(`a small request was answered ${answer.status}`);
    requests.push(performance.now() - startedAt);
    lags.push(Math.max(0, startedAt - wantedAt));
  }
  const ascending = (a: number, b: number) => a - b;
  return { requests: requests.sort(ascending), lags: lags.sort(ascending) };
}
