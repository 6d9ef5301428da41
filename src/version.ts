import { writeFileSync } from "node:fs";
import { packageVersion } from "./package-root.ts";

const STANDARD_OUTPUT = 1;

/** Prints moodsync's version where the arguments ask for nothing else; false where they do not. */
export function printVersionIfAsked(args: readonly string[]): boolean {
  if (args.length !== 1 || (args[0] !== "--version" && args[0] !== "-V")) return false;
  try {
    writeFileSync(STANDARD_OUTPUT, `${packageVersion()}\n`);
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== "EPIPE") process.exitCode = 1;
  }
  return true;
}
