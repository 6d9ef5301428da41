import { join } from "node:path";
import { inject } from "vitest";
import {
  type ProgramOptions,
  type ProgramResult,
  type RunningProgram,
  runProgram,
  startProgram,
} from "./program.ts";

/** The installed program's starting script. */
export const moodsyncBin = () => join(inject("installDir"), "node_modules/moodsync/bin/moodsync.js");

/** Runs the installed program: `await runMoodsync(["log", "mood", "4"], {home})`. */
export function runMoodsync(args: readonly string[], options: ProgramOptions): Promise<ProgramResult> {
  return runProgram(moodsyncBin(), args, options);
}

/** Starts the installed program and leaves it running: `startMoodsync(["serve", "--port", "0"], {home})`. */
export function startMoodsync(args: readonly string[], options: ProgramOptions): RunningProgram {
  return startProgram(moodsyncBin(), args, options);
}
