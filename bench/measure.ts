import { spawnSync } from "node:child_process";
import { mkdtempSync, readdirSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import type { Figure, Unit } from "./figure.ts";

/** The built program's starting script. */
export const MOODSYNC = fileURLToPath(new URL("../bin/moodsync.js", import.meta.url));

/** A bare Node process, which every figure is compared to. */
export const BARE_NODE = ["-e", "0"];

const REPORT_USAGE = new URL("report-usage.js", import.meta.url).href;
/** Of everything that 100,000 entries print. */
const MAX_OUTPUT_BYTES = 256 * 1024 * 1024;

/** One run of a whole process, from its start to its exit. */
export interface ProcessRun {
  wallMs: number;
  /** Its largest resident set, in bytes. */
  peakBytes: number;
  /** How long it kept a processor busy: unlike the wall time this is not the machine's other work. */
  cpuMs: number;
  stdout: string;
}

/** Runs `node <args>` with `home` as its MOODSYNC_HOME. Throws when it fails. */
export function runProcess(
  args: readonly string[],
  { home, input = "" }: { home: string; input?: string },
): ProcessRun {
  const reports = mkdtempSync(join(tmpdir(), "moodsync-bench-"));
  const report = join(reports, "usage");
  try {
    const startedAt = process.hrtime.bigint();
    const { status, stdout, stderr } = spawnSync(process.execPath, args, {
      input,
      encoding: "utf8",
      maxBuffer: MAX_OUTPUT_BYTES,
      env: { ...environment(home), NODE_OPTIONS: `--import=${REPORT_USAGE}`, USAGE_FILE: report },
    });
    const wallMs = Number(process.hrtime.bigint() - startedAt) / 1e6;
    if (status !== 0) throw new Error(`node ${args.join(" ")} ended with ${status}: ${stderr}`);
    const [peakBytes, cpuMs] = readFileSync(report, "utf8").split(" ").map(Number);
    return { wallMs, peakBytes: peakBytes!, cpuMs: cpuMs!, stdout };
  } finally {
    rmSync(reports, { recursive: true, force: true });
  }
}

/** The wall time of `node <args>` in ms, with nothing added to the process. Throws when it fails. */
export function timeProcess(args: readonly string[], home: string): number {
  const startedAt = process.hrtime.bigint();
  const { status } = spawnSync(process.execPath, args, { stdio: "ignore", env: environment(home) });
  const wallMs = Number(process.hrtime.bigint() - startedAt) / 1e6;
  if (status !== 0) throw new Error(`node ${args.join(" ")} ended with ${status}`);
  return wallMs;
}

/** Resident memory of a process that runs, in MB of 10^6 bytes. Linux only. */
export function residentMbOf(pid: number): number {
  const [, kib] = /^VmRSS:\s+(\d+) kB$/m.exec(readFileSync(`/proc/${pid}/status`, "utf8"))!;
  return (Number(kib) * 1024) / 1e6;
}

/** Time that all threads of a process that runs have run, in ms. Linux only. */
export function cpuOf(pid: number): number {
  return readdirSync(`/proc/${pid}/task`)
    .map(
      (thread) => Number(readFileSync(`/proc/${pid}/task/${thread}/schedstat`, "utf8").split(" ")[0]) / 1e6,
    )
    .reduce((sum, ms) => sum + ms, 0);
}

/** The middle value; of an even number of values the lower one of the two. */
export function median(values: readonly number[]): number {
  const sorted = [...values].sort((a, b) => a - b);
  return sorted[Math.floor((sorted.length - 1) / 2)] ?? Number.NaN;
}

/** The caller's environment, which a bare Node pays for just as well (NODE_EXTRA_CA_CERTS alone costs 40 ms). */
function environment(home: string) {
  return { ...process.env, HOME: home, MOODSYNC_HOME: home, MOODSYNC_KEY_PLACE: "file" };
}

/** Each command in turns with a bare Node: its processor time and, where it is asked for, its largest memory. */
export function compareRuns(
  commands: readonly { args: readonly string[]; mostCpu?: number }[],
  { home, of, rounds, withMemory }: { home: string; of: string; rounds: number; withMemory?: boolean },
): Figure[] {
  const bare: ProcessRun[] = [];
  const runs = commands.map((): ProcessRun[] => []);
  for (let round = 0; round < rounds; round++) {
    bare.push(runProcess(BARE_NODE, { home }));
    for (const [at, { args }] of commands.entries())
      runs[at]!.push(runProcess([MOODSYNC, ...args], { home }));
  }
  return commands.flatMap(({ args, mostCpu }, at): Figure[] => {
    const name = `\`${args.join(" ")}\`${of}`;
    const figure = (what: string, unit: Unit, measured: (run: ProcessRun) => number): Figure => ({
      name: `${name}, ${what}`,
      unit,
      values: runs[at]!.map(measured),
      reference: { name: "node -e 0", values: bare.map(measured) },
    });
    const cpu = figure("CPU", "ms", ({ cpuMs }) => cpuMs);
    return [
      mostCpu === undefined ? cpu : { ...cpu, limit: { most: mostCpu } },
      ...(withMemory ? [figure("memory", "MB", ({ peakBytes }) => peakBytes / 1e6)] : []),
    ];
  });
}
