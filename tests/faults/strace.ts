import { readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import type { ProgramResult } from "../helpers/program/program.ts";
import type { ProgramDevice } from "../helpers/program/program-device.ts";

/** What the program does to its files; each is counted for itself. */
export const FILE_CALLS = [
  "pwrite64",
  "fsync",
  "fdatasync",
  "ftruncate",
  "rename",
  "link",
  "unlink",
] as const;
/** What it does to pipes, sockets and small files. Made to fail, they would end Node itself. */
export const STREAM_CALLS = ["write", "writev", "connect"] as const;
type Call = (typeof FILE_CALLS)[number] | (typeof STREAM_CALLS)[number];

/** What comes instead of a call: death before it, or an error. `+`: instead of all that follow as well. */
export type Injection = "signal=KILL" | "error=EIO" | "error=EIO+" | "error=ENOSPC+";

/** Runs a command in which the n-th of these calls of a thread is replaced; tells whether it came so far. */
export async function runInjected(
  device: ProgramDevice,
  args: readonly string[],
  { call, injection, at }: { call: Call; injection: Injection; at: number },
): Promise<ProgramResult & { wasInjected: boolean }> {
  const record = join(tmpdir(), `moodsync-strace-${process.pid}`);
  const through = ["strace", "-f", "-qq", "-o", record];
  if (injection !== "signal=KILL") through.push("--seccomp-bpf"); // faster, but then no signal comes
  const [what, andLater = ""] = injection.split(/(?=\+)/);
  through.push("-e", `trace=${call}`, "-e", `inject=${call}:${what}:when=${at}${andLater}`);
  const result = await device.run(args, { through });
  const wasInjected = result.code === null || readFileSync(record, "utf8").includes("(INJECTED)");
  rmSync(record, { force: true });
  return { ...result, wasInjected };
}
