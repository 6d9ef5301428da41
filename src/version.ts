import { writeFileSync } from "node:fs";
import { unprintedSentence } from "./output/whole-output.ts";
import { packageVersion } from "./package-root.ts";

const STANDARD_OUTPUT = 1;
const STANDARD_ERROR = 2;

/** Prints moodsync's version where the arguments ask for nothing else; false where they do not. */
export function printVersionIfAsked(args: readonly string[]): boolean {
  if (args.length !== 1 || (args[0] !== "--version" && args[0] !== "-V")) return false;
  try {
    writeFileSync(STANDARD_OUTPUT, `${packageVersion()}\n`);
  } catch (error) {
    // A reader that has left is no failure.
    if ((error as NodeJS.ErrnoException).code !== "EPIPE") fail(error as NodeJS.ErrnoException);
  }
  return true;
}

function fail(error: NodeJS.ErrnoException): void {
  process.exitCode = 1;
  try {
    writeFileSync(STANDARD_ERROR, unprintedSentence(error));
  } catch {} // the exit code remains
}
