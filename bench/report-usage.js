// Loaded into a measured process (--import): leaves its peak resident set in bytes, and the time that it kept a processor
// busy in ms, in the file named by USAGE_FILE.
import { writeFileSync } from "node:fs";

const file = process.env.USAGE_FILE;
process.on("exit", () => {
  const { maxRSS, userCPUTime, systemCPUTime } = process.resourceUsage();
  writeFileSync(file, `${maxRSS * 1024} ${(userCPUTime + systemCPUTime) / 1000}`);
});
