import { join } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import { MoodsyncError } from "../../src/domain/moodsync-error.ts";
import type { ServerLog } from "../observability/log.ts";
import { findBinaries } from "./binaries.ts";
import { prepareCluster, SUPERUSER } from "./cluster.ts";
import { keepRunning } from "./keep-running.ts";
import { linkedPlace, ownPlace } from "./place.ts";
import {
  type Postmaster,
  readPidFile,
  readPostmaster,
  removeStalePidFile,
  signalFastShutdown,
  startPostmaster,
  stopPostmaster,
} from "./postmaster.ts";
import {
  isSocketDirectory,
  makeSocketDirectory,
  removeSocketDirectory,
  type SocketPlace,
} from "./socket-directory.ts";
import { readPurpose, type SupervisorPurpose, takeSupervisorLock } from "./supervisor-lock.ts";
import { findSystemUser, type SystemUser } from "./system-user.ts";

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
  /** With a log, PostgreSQL is started again whenever it ends by itself, and logs it. */
  log?: ServerLog;
}): Promise<PrivatePostgres> {
  const runAs = findSystemUser();
  const systemDirectory = options.systemDirectory ?? SYSTEM_DIRECTORY;
  const { directory, link } =
    runAs === undefined ? ownPlace(options.directory) : linkedPlace(options.directory, systemDirectory);
  const dataDirectory = join(directory, "data");

  const taken = await takeLockOrUseRunning(
    join(directory, "supervisor.lock"),
    options.purpose,
    dataDirectory,
    { directory, owner: runAs },
  );
  if ("running" in taken) {
    return { url: databaseUrl(taken.running.socketDirectory, "postgres"), directory, stop: async () => {} };
  }
  const { releaseLock } = taken;
  try {
    await stopLeftover(dataDirectory, { directory, owner: runAs });
    const copyTo = runAs === undefined ? directory : systemDirectory;
    const binaries = await findBinaries({ copyTo, runAs });
    prepareCluster({ dataDirectory, binaries, runAs });
    link();
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
    return supervised(socketDirectory, {
      directory,
      dataDirectory,
      owner: runAs,
      releaseLock,
      stopPostgres: stop,
    });
  } catch (error) {
    releaseLock();
    throw error;
  }
}

/** The address of one database of the PostgreSQL whose socket lies in that directory. */
function databaseUrl(socketDirectory: string, database: string): string {
  return `postgres://${SUPERUSER}@localhost/${database}?host=${encodeURIComponent(socketDirectory)}`;
}

function supervised(
  socketDirectory: string,
  given: {
    directory: string;
    dataDirectory: string;
    owner: SystemUser | undefined;
    releaseLock(): void;
    stopPostgres(): Promise<void>;
  },
): PrivatePostgres {
  const { directory, dataDirectory, owner, releaseLock, stopPostgres } = given;
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
    removeSocketDirectory(socketDirectory, { directory, owner });
    releaseLock();
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
  place: SocketPlace,
): Promise<{ releaseLock(): void } | { running: Postmaster }> {
  const deadline = Date.now() + WAIT_FOR_OTHER_MS;
  for (;;) {
    const releaseLock = await takeSupervisorLock(lockPath, purpose);
    if (releaseLock) return { releaseLock };
    if (readPurpose(lockPath) === "serve") {
      if (purpose === "serve") break;
      const running = readPostmaster(dataDirectory);
      if (running?.ready && isSocketDirectory(running.socketDirectory, place)) return { running };
    }
    if (Date.now() > deadline) break;
    await sleep(100);
  }
  throw new MoodsyncError("failure", "Another `moodsync serve` runs on this data.", {
    hint: "Stop it first, or give this one a MOODSYNC_HOME or a --db of its own.",
  });
}

async function stopLeftover(dataDirectory: string, place: SocketPlace): Promise<void> {
  const left = readPidFile(dataDirectory);
  await stopPostmaster(dataDirectory);
  if (left !== undefined) removeSocketDirectory(left.socketDirectory, place);
  removeStalePidFile(dataDirectory);
}
