import { randomUUID } from "node:crypto";
import { once } from "node:events";
import { Agent, type IncomingMessage, request } from "node:http";
import { setTimeout as sleep } from "node:timers/promises";
import { moodChange } from "../tests/helpers/sync/sync-server.ts";
import type { Figure } from "./figure.ts";
import { median } from "./measure.ts";
import type { SyncServer } from "./sync-server.ts";

const AGENT = new Agent({ keepAlive: true });
const ACCOUNTS = [1, 16, 50, 200, 500];
const ROUNDS = 7;
const MEASURED_MS = 2_000;
/** A client that is not answered in time comes again as it is told; at 500 clients the server may tell it to. */
const MOST_WAIT_MS = 2_000;
/** Where more clients come than are answered at once, hardly less may be done than for fewer. */
const LEAST_AT_500 = 0.8;

/** How many uploads of one change are answered in a second, one after the other from each account, and do so many
 *  clients that not all are answered at once take from what is done? */
export async function measureUploads(server: SyncServer): Promise<Figure[]> {
  const clients = await connectClients(server, Math.max(...ACCOUNTS) + ROUNDS);
  const perSecond = ACCOUNTS.map((): number[] => []);
  const uploadsOfEach = ACCOUNTS.map((accounts) => Array<number>(accounts).fill(0));
  for (let round = 0; round < ROUNDS; round++) {
    // From another one in each round: an account has 6,000 requests a minute.
    for (const [at, accounts] of ACCOUNTS.entries()) {
      const done = await uploadFor(MEASURED_MS, clients.slice(round, round + accounts));
      perSecond[at]!.push((done.reduce((sum, one) => sum + one, 0) * 1000) / MEASURED_MS);
      for (const [client, one] of done.entries()) uploadsOfEach[at]![client]! += one;
    }
  }
  return ACCOUNTS.map((accounts, at): Figure => {
    const from = ACCOUNTS[Math.max(0, at - 1)]!;
    return {
      name: `uploads of one change, accounts at once: ${accounts}`,
      unit: "a second",
      values: perSecond[at]!,
      ...(at === 0
        ? {}
        : { reference: { name: `those from ${from}`, values: perSecond[Math.max(0, at - 1)]! } }),
      ...(accounts === 500 ? { limit: { least: LEAST_AT_500 } } : {}),
      remark: `of each account ${median(uploadsOfEach[at]!)} in all, ${Math.min(...uploadsOfEach[at]!)} at least`,
    };
  });
}

/** Each of an account of its own. */
export async function connectClients(server: SyncServer, count: number): Promise<Client[]> {
  const keys = await server.addAccounts(count);
  const clients = keys.map((apiKey) => ({ url: server.url, apiKey, deviceId: randomUUID() }));
  // Registers the devices.
  for (let at = 0; at < count; at += 10) await Promise.all(clients.slice(at, at + 10).map(uploadOne));
  return clients;
}

interface Client {
  url: string;
  apiKey: string;
  deviceId: string;
}

/** The uploads that were accepted from each client. */
export async function uploadFor(ms: number, clients: readonly Client[]): Promise<number[]> {
  const end = performance.now() + ms;
  return await Promise.all(
    clients.map(async (client) => {
      let done = 0;
      while (performance.now() < end) {
        const waitMs = await uploadOne(client);
        if (waitMs === 0) done += performance.now() < end ? 1 : 0;
        else await sleep(Math.min(waitMs, MOST_WAIT_MS, Math.max(0, end - performance.now())));
      }
      return done;
    }),
  );
}

/** How long to wait before the upload may be sent again, in ms; 0 where it was accepted. */
async function uploadOne({ url, apiKey, deviceId }: Client): Promise<number> {
  const body = JSON.stringify({ device_id: deviceId, client_cursor: null, changes: [moodChange()] });
  const { statusCode = 0, headers } = await post(`${url}/v1/sync/upload`, apiKey, body);
  if (statusCode === 200) return 0;
  const retryAfterS = Number(headers["retry-after"]);
  if (statusCode < 429 || !(retryAfterS > 0)) throw new Error(`an upload was answered ${statusCode}`);
  return retryAfterS * 1000;
}

/** Its answer, read to the end. Not by `fetch`, which alone takes as much of the processor as the server's part. */
async function post(url: string, apiKey: string, body: string): Promise<IncomingMessage> {
  const headers = { authorization: `Bearer ${apiKey}`, "content-type": "application/json" };
  const sent = request(url, { method: "POST", agent: AGENT, headers }).end(body);
  const [answer] = (await once(sent, "response")) as [IncomingMessage];
  await once(answer.resume(), "end");
  return answer;
}
