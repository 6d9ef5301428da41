import { mkdtempSync, rmSync } from "node:fs";
import { join } from "node:path";
import type { TestProject } from "vitest/node";
import { startPrivatePostgres } from "../../../server/private-postgres/start.ts";
import { dropDatabases } from "./postgres-databases.ts";

declare module "vitest" {
  interface ProvidedContext {
    /** Connects to a database of the test run's PostgreSQL that may create others. */
    postgresUrl: string;
    /** Every database of this run has a name that begins so. */
    databasePrefix: string;
  }
}

interface TestServer {
  url: string;
  prefix: string;
  users: number;
  stop(): Promise<void>;
}

/** Several vitest projects run this in one process, each in a module registry of its own. */
const SHARED = Symbol.for("moodsync.test-postgres");
const shared = globalThis as unknown as Record<symbol, Promise<TestServer> | undefined>;

/** One PostgreSQL for the whole run: that of MOODSYNC_TEST_DB_URL, or a private one in a temporary directory. */
export default async function setup(project: TestProject): Promise<() => Promise<void>> {
  shared[SHARED] ??= startTestServer();
  const server = await shared[SHARED];
  server.users += 1;
  project.provide("postgresUrl", server.url);
  project.provide("databasePrefix", server.prefix);
  return async () => {
    server.users -= 1;
    if (server.users > 0) return;
    shared[SHARED] = undefined;
    await server.stop();
  };
}

async function startTestServer(): Promise<TestServer> {
  const prefix = `moodsync_test_${process.pid}_`;
  const url = process.env.MOODSYNC_TEST_DB_URL;
  if (url) return { url, prefix, users: 0, stop: () => dropDatabases(url, prefix) };

  const directory = mkdtempSync("/tmp/moodsync-test-");
  const postgres = await startPrivatePostgres({
    directory: join(directory, "home/postgres"),
    systemDirectory: directory,
    purpose: "serve",
    settings: { fsync: "off", full_page_writes: "off", max_connections: "200" },
  });
  const stop = async () => {
    await postgres.stop();
    rmSync(directory, { recursive: true, force: true });
  };
  return { url: postgres.url, prefix, users: 0, stop };
}
