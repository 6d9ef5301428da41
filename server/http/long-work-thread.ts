// The thread of long requests: long-work.ts starts it.

import { parentPort, workerData } from "node:worker_threads";
import { openDatabase } from "../db/pool.ts";
import { type LongWorkData, ownBuffer } from "./long-work.ts";
import { accountRoutes } from "./routes/all-routes.ts";
import { doWork, type Work } from "./work.ts";

const { databaseUrl, prepare, quotas }: LongWorkData = workerData;
const db = openDatabase({ url: databaseUrl, prepare });
const routes = accountRoutes({ db, nowMs: Date.now, quotas });

parentPort!.on("message", async (work: Work) => {
  const answer = await doWork(routes, work);
  parentPort!.postMessage({ requestId: work.requestId, answer }, ownBuffer(answer.content));
});
