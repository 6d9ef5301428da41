import { setFlagsFromString } from "node:v8";

/** How V8 lets the heap grow, with its own defaults. */
const USUAL = {
  /** By how much the room for what is new grows where much of it stays in use. */
  "semi-space-growth-factor": 2,
  /** By how much the rest grows, in percent; 0: as V8 sees fit. */
  "heap-growing-percent": 0,
};

/** Changes that for the rest of the process. The flags are read whenever the heap could grow, so they work at runtime, too;
 *  a command line of its own would cost a second start. They are put back before src/start.ts writes the code cache, which
 *  V8 takes only under the flags it was written with. */
export function growHeap(flags: Partial<typeof USUAL>): void {
  setFlags(flags);
  process.removeListener("exit", putBack);
  process.prependOnceListener("exit", putBack);
}

function putBack(): void {
  setFlags(USUAL);
}

function setFlags(flags: Partial<typeof USUAL>): void {
  for (const [name, value] of Object.entries(flags)) setFlagsFromString(`--${name}=${value}`);
}
