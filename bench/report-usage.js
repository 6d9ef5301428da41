// Loaded into a measured process (--import): leaves its peak resident set in bytes, and the time that it kept a processor
// busy in ms, in the file named by USAGE_FILE.
import { readFileSync, writeFileSync } from "node:fs";

const file = process.env.USAGE_FILE;
process.on("exit", () => {
  const { maxRSS, userCPUTime, systemCPUTime } = process.resourceUsage();
  writeFileSync(file, `${(ownPeakKib() ?? maxRSS) * 1024} ${(userCPUTime + systemCPUTime) / 1000}`);
});

/** Linux counts in `maxRSS` what the process was before it ran Node, too: a copy of the one that started it. */
function ownPeakKib() {
  try {
    return Number(/VmHWM:\s+(\d+) kB/.exec(readFileSync("/proc/self/status", "utf8"))[1]);
  } catch {
    return undefined;
  }
}
