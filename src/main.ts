import { programOf } from "./commands/program-of.ts";
import { packageVersion } from "./package-root.ts";

/** Everything moodsync writes is its user's alone. */
process.umask(0o077);

/** Notes and passwords in arguments are not for the list of processes, which every user of the machine can read. */
const args = process.argv.slice(2);
process.title = /^[a-z-]+$/.test(args[0] ?? "") ? `moodsync ${args[0]}` : "moodsync";

for (const stream of [process.stdout, process.stderr]) stream.on("error", endWithoutOutput);

void main().then((exitCode) => {
  process.exitCode = exitCode;
  // Once all is written there is nothing to wait for; left alone, Node would first end the compilation of undici's
  // WebAssembly, 0.1 s after a sync.
  process.stdout.write("", (error) => (error ? endWithoutOutput(error) : process.exit()));
});

function endWithoutOutput({ code }: NodeJS.ErrnoException): never {
  if (code === "EPIPE") process.exit(); // the reader of a pipe may leave early, as `head` does
  process.stderr.write("What was to be printed could not be written.\n");
  process.exit(1);
}

async function main(): Promise<number> {
  if (args.length === 1 && (args[0] === "--version" || args[0] === "-V")) return printVersion();
  const { run } = await loadProgram();
  const { env, stdout, stderr } = process;
  const world = { env, stdin: () => process.stdin, stdout, stderr, nowMs: Date.now, untilStopped };
  const program = [process.execPath, ...process.execArgv, process.argv[1]!];
  return run(args, { ...world, program, onSignal: (signal, callback) => process.on(signal, callback) });
}

function loadProgram() {
  switch (programOf(args)) {
    case "everyday":
      return import("./commands/run-everyday.ts");
    case "sync":
      return import("./commands/run-sync.ts");
    case "any":
      return import("./commands/run-any.ts");
  }
}

function printVersion(): number {
  process.stdout.write(`${packageVersion()}\n`);
  return 0;
}

function untilStopped(): Promise<void> {
  return new Promise((resolve) => {
    for (const signal of ["SIGINT", "SIGTERM", "SIGHUP"] as const) process.on(signal, () => resolve());
  });
}
