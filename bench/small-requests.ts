// Sends the small requests of one account, in a process of its own: bench/fairness.ts starts it and tells it each phase.

import { randomUUID } from "node:crypto";
import { setTimeout as sleep } from "node:timers/promises";
import { moodChange } from "../tests/helpers/sync/sync-server.ts";

/** What to measure. */
export interface Phase {
  url: string;
  apiKey: string;
  forMs: number;
}

/** What was measured, in ms, sorted. */
export interface PhaseTimes {
  /** A list of the devices. */
  request: number[];
  /** An upload of one change. */
  upload: number[];
  /** By how much this process itself was late each time that it wanted to begin one. */
  lag: number[];
}

/** Between two requests, in ms. */
const PAUSE_MS = 10;
const DEVICE = randomUUID();

process.on("message", async (phase: Phase) => process.send!(await measure(phase)));

/** One of each in turns. Throws when one is not answered with 200. */
async function measure({ url, apiKey, forMs }: Phase): Promise<PhaseTimes> {
  const times: PhaseTimes = { request: [], upload: [], lag: [] };
  const authorization = `Bearer ${apiKey}`;
  const time = async (kind: "request" | "upload", path: string, options: RequestInit) => {
    const wantedAt = performance.now() + PAUSE_MS;
    await sleep(PAUSE_MS);
    const startedAt = performance.now();
    const answer = await fetch(`${url}${path}`, options);
    await answer.text();
    if (answer.status !== 200) throw new Error(`a small ${kind} was answered ${answer.status}`);
    times[kind].push(performance.now() - startedAt);
    times.lag.push(Math.max(0, startedAt - wantedAt));
  };
  for (const end = performance.now() + forMs; performance.now() < end; ) {
    await time("request", "/v1/devices", { headers: { authorization } });
    const changes = [moodChange()];
    await time("upload", "/v1/sync/upload", {
      method: "POST",
      headers: { authorization, "content-type": "application/json" },
      body: JSON.stringify({ device_id: DEVICE, client_cursor: null, changes }),
    });
  }
  for (const list of Object.values(times)) list.sort((a: number, b: number) => a - b);
  return times;
}
