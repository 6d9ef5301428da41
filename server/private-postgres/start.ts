import { createHash } from "node:crypto";
import { realpathSync, rmSync, symlinkSync } from "node:fs";
import { dirname, join } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import { MoodsyncError } from "../../src/domain/moodsync-error.ts";
import { makePrivateDirectory } from "../../src/files/private-directory.ts";
import type { ServerLog } from "../log.ts";
import { findBinaries, makeEnterable } from "./binaries.ts";
import { prepareCluster, SUPERUSER } from "./cluster.ts";
import { keepRunning } from "./keep-running.ts";
import {
  type Postmaster,
  readPidFile,
  readPostmaster,
  removeStalePidFile,
  type StartedPostmaster,
  signalFastShutdown,
  startPostmaster,
  stopPostmaster,
} from "./postmaster.ts";
import { makeSocketDirectory, removeSocketDirectory } from "./socket-directory.ts";
import {
  readPurpose,
  type SupervisorLock,
  type SupervisorPurpose,
  takeSupervisorLock,
} from "./supervisor-lock.ts";
import { findSystemUser } from "./system-user.ts";

/** A private PostgreSQL that takes connections. */
export interface PrivatePostgres {
  /** Connects to the database `postgres`; {@link databaseUrl} to others. */
  url: string;
  /** Where data, log and lock lie. */
  directory: string;
  /** Stops PostgreSQL, if this process started it. */
  stop(): Promise<void>;
}

/** Where root keeps the data, owned by an account that cannot enter root's directories. */
const SYSTEM_DIRECTORY = "/var/lib/moodsync";
/** How long a command waits for another one that has PostgreSQL for a moment. */
const WAIT_FOR_OTHER_MS = 30_000;

/** Starts the PostgreSQL of `directory` on a Unix socket that only this user can reach, or, for `admin`, uses the one
 *  that a `serve` runs on it. One that a dead `serve` left is stopped first; its data is taken over.
 *  Throws `failure`: another serve runs on it, no binaries, other PostgreSQL version, no start. */
export async function startPrivatePostgres(options: {
  /** The user's directory for it. As root the data lies below `systemDirectory`, and this is a link to it. */
  directory: string;
  purpose: SupervisorPurpose;
  systemDirectory?: string;
  settings?: Readonly<Record<string, string>>;
  /** With a log, PostgreSQL is started again whenever it ends by itself, and the log tells. */
  log?: ServerLog;
}): Promise<PrivatePostgres> {
  const runAs = findSystemUser();
  const systemDirectory = options.systemDirectory ?? SYSTEM_DIRECTORY;
  const directory =
    runAs === undefined
      ? makeOwnDirectory(options.directory)
      : await makeLinkedDirectory(options.directory, systemDirectory);
  const dataDirectory = join(directory, "data");

  const taken = await takeLockOrUseRunning(
    join(directory, "supervisor.lock"),
    options.purpose,
    dataDirectory,
  );
  if ("running" in taken) {
    return { url: databaseUrl(taken.running.socketDirectory, "postgres"), directory, stop: async () => {} };
  }
  const { lock } = taken;
  try {
    await stopLeftover(dataDirectory);
    const copyTo = runAs === undefined ? directory : systemDirectory;
    const binaries = await findBinaries({ copyTo, runAs });
    prepareCluster({ dataDirectory, binaries, runAs });
    const socketDirectory = makeSocketDirectory(directory, runAs);
    const start = () =>
      startPostmaster({
        binaries,
        dataDirectory,
        socketDirectory,
        logFile: join(directory, "postgres.log"),
        runAs,
        settings: options.settings ?? {},
      });
    const postmaster = await start();
    const { log } = options;
    const { stop } = log
      ? keepRunning(postmaster, { dataDirectory, start, log })
      : { stop: () => stopPostmaster(dataDirectory) };
    return supervised(postmaster, { directory, dataDirectory, lock, stopPostgres: stop });
  } catch (error) {
    lock.release();
    throw error;
  }
}

/** The address of one database of the PostgreSQL whose socket lies in that directory. */
function databaseUrl(socketDirectory: string, database: string): string {
  return `postgres://${SUPERUSER}@localhost/${database}?host=${encodeURIComponent(socketDirectory)}`;
}

function supervised(
  { socketDirectory }: StartedPostmaster,
  given: { directory: string; dataDirectory: string; lock: SupervisorLock; stopPostgres(): Promise<void> },
): PrivatePostgres {
  const { directory, dataDirectory, lock, stopPostgres } = given;
  // An exit that nobody planned must not leave PostgreSQL behind. Nothing can be awaited there.
  const onExit = () => {
    const running = readPostmaster(dataDirectory);
    if (running !== undefined) signalFastShutdown(running.pid);
  };
  process.once("exit", onExit);
  let stopped: Promise<void> | undefined;
  const stop = async () => {
    await stopPostgres();
    process.removeListener("exit", onExit);
    removeSocketDirectory(socketDirectory);
    lock.release();
  };
  return {
    url: databaseUrl(socketDirectory, "postgres"),
    directory,
    stop: () => {
      stopped ??= stop();
      return stopped;
    },
  };
}

async function takeLockOrUseRunning(
  lockPath: string,
  purpose: SupervisorPurpose,
  dataDirectory: string,
): Promise<{ lock: SupervisorLock } | { running: Postmaster }> {
  const deadline = Date.now() + WAIT_FOR_OTHER_MS;
  for (;;) {
    const lock = await takeSupervisorLock(lockPath, purpose);
    if (lock !== undefined) return { lock };
    if (readPurpose(lockPath) === "serve") {
      if (purpose === "serve") break;
      const running = readPostmaster(dataDirectory);
      if (running?.ready) return { running };
    }
    if (Date.now() > deadline) break;
    await sleep(100);
  }
  throw new MoodsyncError("failure", "Another `moodsync serve` runs on this data.", {
    hint: "Stop it first, or give this one a MOODSYNC_HOME or a --db of its own.",
  });
}

async function stopLeftover(dataDirectory: string): Promise<void> {
  const left = readPidFile(dataDirectory);
  await stopPostmaster(dataDirectory);
  if (left !== undefined) removeSocketDirectory(left.socketDirectory);
  removeStalePidFile(dataDirectory);
}

function makeOwnDirectory(directory: string): string {
  makePrivateDirectory(directory);
  return realpathSync(directory);
}

/** Each home of root gets data of its own, and a link that shows where it lies. */
async function makeLinkedDirectory(link: string, systemDirectory: string): Promise<string> {
  makePrivateDirectory(dirname(link));
  const home = realpathSync(dirname(link));
  const name = createHash("sha256").update(home).digest("hex").slice(0, 12);
  const directory = join(systemDirectory, name);
  await makeEnterable(systemDirectory);
  await makeEnterable(directory);
  rmSync(link, { force: true });
  symlinkSync(directory, link);
  return realpathSync(directory);
}
