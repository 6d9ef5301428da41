import { readFileSync } from "node:fs";
import { join } from "node:path";
import { packageRoot } from "./package-root.ts";

/** Everything moodsync writes is its user's alone. */
process.umask(0o077);

const args = process.argv.slice(2);

/** Notes and passwords in arguments are not for the list of processes, which every user of the machine can read. */
process.title = "moodsync";

for (const stream of [process.stdout, process.stderr]) {
  // The reader of a pipe may leave early, as `head` does.
  stream.on("error", (error: NodeJS.ErrnoException) => process.exit(error.code === "EPIPE" ? 0 : 1));
}

if (args.length === 1 && (args[0] === "--version" || args[0] === "-V")) {
  const { version } = JSON.parse(readFileSync(join(packageRoot(), "package.json"), "utf8"));
  process.stdout.write(`${version}\n`);
} else {
  const [{ createContext }, { runCommandLine }] = await Promise.all([
    import("./commands/context.ts"),
    import("./commands/run.ts"),
  ]);
  const { env, stdout, stderr } = process;
  const context = createContext({
    env,
    stdin: () => process.stdin,
    stdout,
    stderr,
    nowMs: Date.now,
    untilStopped,
  });
  process.exitCode = await runCommandLine(args, context);
}

function untilStopped(): Promise<void> {
  return new Promise((resolve) => {
    for (const signal of ["SIGINT", "SIGTERM", "SIGHUP"] as const) process.on(signal, () => resolve());
  });
}
