import { type ChildProcess, execFileSync, spawn } from "node:child_process";
import { chmodSync, closeSync, openSync, readFileSync, renameSync, rmSync, statSync } from "node:fs";
import { join } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import { MoodsyncError } from "../../src/domain/moodsync-error.ts";
import { readAccountFile } from "./account-files.ts";
import type { PostgresBinaries } from "./binaries.ts";
import { SOCKET_PORT } from "./socket-directory.ts";
import { ids, POSTGRES_ENVIRONMENT, type SystemUser } from "./system-user.ts";

/** A running PostgreSQL as its own `postmaster.pid` describes it. */
export interface Postmaster {
  pid: number;
  socketDirectory: string;
  ready: boolean;
}

/** One that this process started. */
export interface StartedPostmaster extends Postmaster {
  /** Comes true when it ends, however it ends. */
  ended: Promise<void>;
}

const POLL_MS = 20;
/** Recovery after a crash replays the log since the last checkpoint, which takes longer than a start. */
const START_TIMEOUT_MS = 120_000;
/** A fast shutdown writes a checkpoint; after this it is made to end at once, and recovers at the next start. */
const STOP_TIMEOUT_MS = 20_000;
const MAX_LOG_BYTES = 5 * 1024 * 1024;

/** Row data can come into the log by failing statements, their messages and their details: none of these is logged. */
const SETTINGS: Readonly<Record<string, string>> = {
  listen_addresses: "",
  unix_socket_permissions: "0700",
  port: String(SOCKET_PORT),
  max_connections: "60",
  shared_buffers: "64MB",
  jit: "off",
  timezone: "UTC",
  wal_level: "minimal",
  max_wal_senders: "0",
  log_timezone: "UTC",
  log_statement: "none",
  log_min_duration_statement: "-1",
  log_min_messages: "log",
  log_min_error_statement: "panic",
  log_error_verbosity: "terse",
  log_parameter_max_length: "0",
  log_parameter_max_length_on_error: "0",
  log_connections: "off",
  log_checkpoints: "off",
  log_autovacuum_min_duration: "-1",
  update_process_title: "off",
};

/** Starts PostgreSQL in a session of its own, so that a Ctrl-C in the server's terminal does not reach it, and waits
 *  until it takes connections. Throws `failure` when it ends before or does not become ready. */
export async function startPostmaster(options: {
  binaries: PostgresBinaries;
  dataDirectory: string;
  socketDirectory: string;
  logFile: string;
  runAs: SystemUser | undefined;
  settings: Readonly<Record<string, string>>;
}): Promise<StartedPostmaster> {
  const settings = { ...SETTINGS, unix_socket_directories: options.socketDirectory, ...options.settings };
  const log = openLog(options.logFile);
  const child = spawn(
    options.binaries.postgres,
    [
      "-D",
      options.dataDirectory,
      ...Object.entries(settings).flatMap(([name, value]) => ["-c", `${name}=${value}`]),
    ],
    {
      detached: true,
      stdio: ["ignore", log, log],
      env: POSTGRES_ENVIRONMENT,
      cwd: "/",
      ...ids(options.runAs),
    },
  );
  child.unref();
  closeSync(log);
  const ended = new Promise<void>((resolve) => child.once("exit", () => resolve()));
  return { ...(await waitUntilReady(child, options)), ended };
}

async function waitUntilReady(
  child: ChildProcess,
  { dataDirectory, logFile }: { dataDirectory: string; logFile: string },
): Promise<Postmaster> {
  let failed = false;
  child.on("error", () => {
    failed = true;
  });
  const deadline = Date.now() + START_TIMEOUT_MS;
  while (Date.now() < deadline && !failed && child.exitCode === null && child.signalCode === null) {
    const postmaster = readPostmaster(dataDirectory);
    if (postmaster?.ready && postmaster.pid === child.pid) return postmaster;
    await sleep(POLL_MS);
  }
  child.kill("SIGQUIT");
  throw new MoodsyncError("failure", "The private PostgreSQL did not start.", {
    hint: `Its log says why: ${logFile}`,
  });
}

/** The PostgreSQL that runs on this data, or undefined. A `postmaster.pid` that a crash left is not taken for one, also
 *  when its process id now belongs to another program. Nor is a process of another account than the data: whoever may
 *  write the data could have root signal it. */
export function readPostmaster(dataDirectory: string): Postmaster | undefined {
  const noted = readPidFile(dataDirectory);
  if (noted === undefined || !commandLine(noted.pid).includes(dataDirectory)) return undefined;
  return ownerOf(noted.pid) === statSync(dataDirectory).uid ? noted : undefined;
}

/** What the last PostgreSQL on this data noted of itself, whether or not it still runs. */
export function readPidFile(dataDirectory: string): Postmaster | undefined {
  const lines = readAccountFile(join(dataDirectory, "postmaster.pid"))?.split("\n") ?? [];
  const pid = Number(lines[0]);
  if (!Number.isInteger(pid) || pid <= 0) return undefined;
  return { pid, socketDirectory: lines[4] ?? "", ready: lines[7]?.trim() === "ready" };
}

/** The user id that a process runs as; undefined when there is none of that number. */
function ownerOf(pid: number): number | undefined {
  try {
    if (process.platform === "linux") return statSync(`/proc/${pid}`).uid;
    return Number(execFileSync("ps", ["-o", "uid=", "-p", String(pid)], { encoding: "utf8" }));
  } catch {
    return undefined;
  }
}

function commandLine(pid: number): string {
  try {
    if (process.platform === "linux") return readFileSync(`/proc/${pid}/cmdline`, "utf8");
    return execFileSync("ps", ["-ww", "-o", "command=", "-p", String(pid)], { encoding: "utf8" });
  } catch {
    return "";
  }
}

/** A `postmaster.pid` whose process is gone or another program would keep PostgreSQL from starting when the process id
 *  has been given out again. Only called under the supervisor's lock, when {@link readPostmaster} has found nothing. */
export function removeStalePidFile(dataDirectory: string): void {
  rmSync(join(dataDirectory, "postmaster.pid"), { force: true });
}

/** Ends PostgreSQL: open transactions are rolled back, everything committed is on disk. */
export async function stopPostmaster(dataDirectory: string): Promise<void> {
  const running = readPostmaster(dataDirectory);
  if (running === undefined) return;
  signalFastShutdown(running.pid);
  const deadline = Date.now() + STOP_TIMEOUT_MS;
  while (Date.now() < deadline) {
    if (!isAlive(running.pid)) return;
    await sleep(POLL_MS);
  }
  signal(running.pid, "SIGQUIT");
  while (isAlive(running.pid)) await sleep(POLL_MS);
}

/** Asks for the fast shutdown without waiting for it. */
export function signalFastShutdown(pid: number): void {
  signal(pid, "SIGINT");
}

function signal(pid: number, name: NodeJS.Signals): void {
  try {
    process.kill(pid, name);
  } catch {
    // It has ended by itself.
  }
}

/** A child that has ended stays in the process table until Node has noticed, with an empty command line. */
function isAlive(pid: number): boolean {
  return commandLine(pid) !== "";
}

/** PostgreSQL inherits the open file, so the log can stay out of its account's reach. */
function openLog(path: string): number {
  try {
    if (statSync(path).size > MAX_LOG_BYTES) renameSync(path, `${path}.1`);
  } catch {
    // The first start has no log yet.
  }
  const log = openSync(path, "a", 0o600);
  chmodSync(path, 0o600);
  return log;
}
