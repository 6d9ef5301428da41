import { closeSync, openSync } from "node:fs";
import { constants } from "node:os";
import { isatty } from "node:tty";
import type { StopSignal } from "./cli/context.ts";
import { runCommandLine } from "./cli/run.ts";
import { COMMANDS } from "./commands/registry.ts";
import { wholeOutput } from "./output/whole-output.ts";
import { printVersionIfAsked } from "./version.ts";

/** Everything moodsync writes is its user's alone. */
process.umask(0o077);

/** Notes, passwords and moods in arguments are not for the list of processes, which every user of the machine can read. */
const args = process.argv.slice(2);
process.title = COMMANDS.some(({ words }) => words.split(" ")[0] === args[0])
  ? `moodsync ${args[0]}`
  : "moodsync";

const stdout = wholeOutput(process.stdout);
const stderr = wholeOutput(process.stderr);
// What could not be printed decides the exit code where a command ends (commands/run.ts). Until then it ends nothing: a
// sync goes on without somebody who watches, and a server without a reader of its log.
for (const stream of [stdout, stderr]) stream.on("error", () => {});

const terminals = [0, 1, 2].filter(isatty);
// Node 20 crashes where it resets a terminal that has gone, and leaves alone what is closed.
process.on("exit", () => {
  for (const descriptor of terminals) {
    try {
      if (!isatty(descriptor)) closeSync(descriptor);
    } catch {} // closed already
  }
});

/** What ended a command that waited for a person. */
let endingSignal: StopSignal | undefined;

// The kernel keeps from process 1 of a container every signal that it has no handler for, so nothing would end it.
if (process.pid === 1) for (const signal of ["SIGINT", "SIGTERM", "SIGHUP"] as const) process.on(signal, end);

// Nothing is waited for, a connection that is kept open for another request least of all.
void main().then((exitCode) => {
  if (endingSignal) endBySignal(endingSignal);
  if (exitCode === 0 && hasHungUp) end("SIGHUP");
  process.exit(exitCode);
});

async function main(): Promise<number> {
  if (printVersionIfAsked(args)) return Number(process.exitCode ?? 0);
  const program = [process.execPath, ...process.execArgv, process.argv[1]!];
  return runCommandLine(COMMANDS, args, {
    env: process.env,
    stdin,
    stdout,
    stderr,
    nowMs: Date.now,
    program,
    onStop,
    onReload,
    onSignal,
    onUncaught: (callback) => void process.on("uncaughtException", callback),
    endBySignal(signal) {
      endingSignal = signal;
    },
  });
}

/** Made when a command first asks for it. A terminal that has gone since the start is no input that has ended. */
function stdin() {
  if (terminals.includes(0) && !isatty(0)) endBySignal("SIGHUP");
  return process.stdin;
}

/** Whether the terminal went while the process was to go on. Its end is then no success. */
let hasHungUp = false;

/** A second Ctrl-C within this time, in ms, is the first one: npm passes on what the terminal has sent to both. */
const SAME_SIGNAL_MS = 500;

/** Calls back once, when the process is asked to end; asked again, it ends at once. SIGHUP asks for that only when the
 *  terminal on which the process was started has gone. */
function onStop(callback: (signal: StopSignal) => void): void {
  let askedAtMs: number | null = null;
  const stop = (signal: StopSignal) => {
    const nowMs = performance.now();
    if (askedAtMs === null) callback(signal);
    else if (nowMs - askedAtMs > SAME_SIGNAL_MS) end(signal);
    askedAtMs ??= nowMs;
  };
  const hadTerminal = terminals.length > 0 && hasTerminal();
  const hangUp = () => {
    hasHungUp = hadTerminal && !hasTerminal();
    if (hasHungUp) stop("SIGHUP");
  };
  handle("SIGINT", stop);
  handle("SIGTERM", stop);
  handle("SIGHUP", hangUp);
}

/** Calls back at every SIGHUP. Node takes back what `nohup` has set, so that signal ends nothing that has no terminal. */
function onReload(callback: () => void): void {
  process.on("SIGHUP", callback);
}

function onSignal(signal: StopSignal | "SIGCONT", callback: () => void): void {
  if (signal === "SIGCONT") process.on(signal, callback);
  else handle(signal, callback);
}

function handle(signal: StopSignal, callback: (signal: StopSignal) => void): void {
  process.removeListener(signal, end);
  process.on(signal, callback);
}

/** Ends as if nobody had listened to the signal: the kernel does it, unless this is process 1 of a container. */
function endBySignal(signal: StopSignal): never {
  process.removeAllListeners(signal);
  process.kill(process.pid, signal);
  end(signal);
}

function end(signal: StopSignal): never {
  process.exit(128 + constants.signals[signal]);
}

/** Whether the session of this process still has its terminal, which the kernel takes from it when that goes. */
function hasTerminal(): boolean {
  try {
    closeSync(openSync("/dev/tty", "r"));
    return true;
  } catch {
    return false;
  }
}
