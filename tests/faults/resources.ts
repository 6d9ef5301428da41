import { randomUUID } from "node:crypto";
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { newApiKey } from "../../server/api-key-secret.ts";
import { insertApiKey } from "../../server/db/api-keys.ts";
import { openDatabase } from "../../server/db/pool.ts";
import { insertUser } from "../../server/db/users.ts";
import { startPrivatePostgres } from "../../server/private-postgres/start.ts";
import { crashAndRestart } from "../helpers/postgres/crash-postgres.ts";
import { keepRows } from "../helpers/postgres/postgres-databases.ts";
import { enableSync, type ProgramDevice, programDevice } from "../helpers/program/program-device.ts";
import { type ProgramServer, serveProgram } from "../helpers/program/program-server.ts";
import type { Random } from "../simulation/random.ts";
import { check } from "./checks.ts";

/** What a scenario may use; what it opens here is closed and removed after it. */
export interface Resources {
  /** The built program's starting script. */
  bin: string;
  random: Random;
  /** The long form tries everything, the short one a part of it. */
  isLong: boolean;
  newDirectory(): string;
  newDevice(): ProgramDevice;
  /** A server on a database of its own, or on the given one. */
  startServer(databaseUrl?: string): Promise<FaultServer>;
  /** A PostgreSQL that nobody else uses. */
  startPostgres(): Promise<FaultPostgres>;
}

export interface Account {
  url: string;
  apiKey: string;
}

/** A PostgreSQL that can be ended as by a crash and started again at the same place. */
export interface FaultPostgres {
  url: string;
  crash(downMs: number): Promise<void>;
}

/** A `moodsync serve` that can be killed and started again at the same address. */
export interface FaultServer {
  url: string;
  port: number;
  process(): ProgramServer;
  newAccount(): Promise<Account>;
  /** Keeps what it holds now; what comes back puts that in place again. */
  keepRows(): Promise<() => Promise<void>>;
  /** Kills it and starts another one. */
  killAndRestart(): Promise<void>;
}

export interface OpenResources extends Resources {
  close(): Promise<void>;
}

export function openResources(given: {
  bin: string;
  random: Random;
  isLong: boolean;
  createDatabase(): Promise<string>;
}): OpenResources {
  const closers: (() => unknown)[] = [];
  function newDirectory(): string {
    const directory = mkdtempSync(join(tmpdir(), "moodsync-fault-"));
    closers.push(() => rmSync(directory, { recursive: true, force: true }));
    return directory;
  }

  async function startServer(databaseUrl?: string): Promise<FaultServer> {
    const url = databaseUrl ?? (await given.createDatabase());
    const options = { home: newDirectory(), env: { MOODSYNC_DB_URL: url } };
    let program = await serveProgram(given.bin, options);
    const { port } = program;
    closers.push(async () => {
      const { exitCode, signalCode } = program.child;
      await program.stop();
      check(exitCode === null && signalCode === null, `the server ended by itself: ${program.output.stderr}`);
    });
    return {
      url: program.url,
      port: Number(port),
      process: () => program,
      newAccount: () => insertAccount(url, program.url),
      keepRows: () => keepRows(url),
      async killAndRestart() {
        await program.stop("SIGKILL");
        program = await serveProgram(given.bin, { ...options, port });
      },
    };
  }

  async function startPostgres(): Promise<FaultPostgres> {
    const systemDirectory = newDirectory();
    const postgres = await startPrivatePostgres({
      directory: join(systemDirectory, "home/postgres"),
      systemDirectory,
      purpose: "serve",
    });
    closers.push(() => postgres.stop());
    const place = { directory: postgres.directory, systemDirectory };
    return { url: postgres.url, crash: (downMs) => crashAndRestart(place, downMs) };
  }

  return {
    ...given,
    newDirectory,
    newDevice: () => programDevice(given.bin, newDirectory()),
    startServer,
    startPostgres,
    async close() {
      const errors: unknown[] = [];
      for (const close of closers.splice(0).reverse()) {
        try {
          await close();
        } catch (error) {
          errors.push(error);
        }
      }
      if (errors.length > 0) throw errors[0];
    },
  };
}

/** Straight into the database: the program takes longer for it. */
async function insertAccount(databaseUrl: string, url: string): Promise<Account> {
  const db = openDatabase({ url: databaseUrl, prepare: true });
  const userId = randomUUID();
  const { text: apiKey, secretHash } = newApiKey(userId);
  await insertUser(db, userId);
  await insertApiKey(db, { userId, id: randomUUID(), secretHash, label: null });
  await db.close();
  return { url, apiKey };
}

export async function connectedDevice(
  resources: Resources,
  account: Account,
  label = "device",
): Promise<ProgramDevice> {
  const device = resources.newDevice();
  await enableSync(device, account, label);
  return device;
}
