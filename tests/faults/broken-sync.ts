import { fileURLToPath } from "node:url";
import type { ProgramResult } from "../helpers/program/program.ts";
import type { ProgramDevice } from "../helpers/program/program-device.ts";
import type { Random } from "../simulation/random.ts";
import { check, checkReadable } from "./checks.ts";
import type { FaultKind, FaultyProxy, RequestFault } from "./proxy.ts";

const SHORT_DEADLINES = fileURLToPath(new URL("../helpers/program/short-deadlines.cjs", import.meta.url));
/** Longer than the program repeats a request, so that the sync gives up. */
const TOO_OFTEN = 9;

/** A sync in which a fault happens to one request, or to it and all that follow.
 *  Throws unless it ends well, or says in words that it gave up. */
export async function syncBroken(
  device: ProgramDevice,
  { proxy, fault, skip, again }: { proxy: FaultyProxy; fault: RequestFault; skip: number; again: boolean },
): Promise<ProgramResult> {
  proxy.faults.push(...Array(skip).fill(null), ...Array(again ? TOO_OFTEN : 1).fill(fault));
  const result = await device.run(["sync"], { env: { NODE_OPTIONS: `--require=${SHORT_DEADLINES}` } });
  proxy.faults.length = 0;
  checkReadable(result, [0, 6], `a sync with ${JSON.stringify(fault)}`);
  return result;
}

/** How often each kind of fault happened, and how many syncs gave up for it. */
export function describeFaults(hits: FaultyProxy["hits"], givenUp: ReadonlyMap<FaultKind, number>): string {
  return Object.entries(hits)
    .map(([kind, count]) => `${kind} ${count} (${givenUp.get(kind as FaultKind) ?? 0} given up)`)
    .join(", ");
}

/** Every kind has happened, and each that loses requests made a sync give up. */
export function checkBitten(hits: FaultyProxy["hits"], givenUp: ReadonlyMap<FaultKind, number>): void {
  for (const [kind, count] of Object.entries(hits) as [FaultKind, number][]) {
    check(count > 0, `${kind} never happened`);
    if (kind === "duplicate") check(!givenUp.has(kind), "a sync gave up because of a repeated request");
    else check(givenUp.has(kind), `no sync gave up because of ${kind}`);
  }
}

export function randomFault(random: Random, kind: FaultKind): RequestFault {
  switch (kind) {
    case "cut request":
    case "cut answer":
      return { kind, afterBytes: random.int(random.pick([1, 100, 400, 800])) };
    case "hold":
      return { kind, ms: random.pick([200, 2_000]) };
    case "swallow":
    case "duplicate":
    case "half-open":
      return { kind };
  }
}
