// Loaded into a measured process (--import): leaves its peak resident set, in bytes, in the file named by PEAK_MEMORY_FILE.
import { writeFileSync } from "node:fs";

const file = process.env.PEAK_MEMORY_FILE;
process.on("exit", () => writeFileSync(file, String(process.resourceUsage().maxRSS * 1024)));
