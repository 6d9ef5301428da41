import type { ProgramResult } from "../../helpers/program/program.ts";
import type { ProgramDevice } from "../../helpers/program/program-device.ts";
import { check, checkReadable } from "../checks.ts";
import type { Resources } from "../resources.ts";
import type { Scenario } from "../scenario.ts";
import { FILE_CALLS, type Injection, runInjected, STREAM_CALLS } from "../strace.ts";

/** One command that is disturbed at every step. */
export interface Subject {
  prepare(): Promise<{ device: ProgramDevice; args: string[] }>;
  /** Called after the disturbed run; throws where something is lost, or where the program said what is not so. */
  inspect(device: ProgramDevice, result: ProgramResult): Promise<void>;
}

const INJECTIONS: Record<string, Injection> = {
  killed: "signal=KILL",
  "disk error": "error=EIO",
  "broken disk": "error=EIO+",
  "full disk": "error=ENOSPC+",
};

/** A scenario for each kind of injection, or for those that are named: it comes at the first step of a command, then at the
 *  second, and so on until the command ends before it. */
export function everyStepOf(
  name: string,
  makeSubject: (resources: Resources) => Promise<Subject>,
  named: readonly string[] = Object.keys(INJECTIONS),
): Scenario[] {
  const injections = Object.entries(INJECTIONS).filter(([what]) => named.includes(what));
  return injections.map(([what, injection]) => ({
    name: `${name}, ${what} at every step`,
    needs: ["strace"],
    run: async (resources) => disturb(await makeSubject(resources), injection),
  }));
}

async function disturb(subject: Subject, injection: Injection): Promise<string> {
  const isKill = injection === "signal=KILL";
  const disturbed: string[] = [];
  let failed = 0;
  for (const call of isKill ? [...FILE_CALLS, ...STREAM_CALLS] : FILE_CALLS) {
    let steps = 0;
    for (;;) {
      const { device, args } = await subject.prepare();
      const result = await runInjected(device, args, { call, injection, at: steps + 1 });
      if (!result.wasInjected) break;
      steps++;
      try {
        if (!isKill) checkReadable(result, [0, 1], args[0]!);
        if (result.code === 1) failed++;
        await subject.inspect(device, result);
      } catch (error) {
        throw new Error(`${injection} at ${call} ${steps}: ${(error as Error).message}`);
      }
    }
    if (steps > 0) disturbed.push(`${steps} ${call}`);
  }
  check(disturbed.length > 0, "the command was never disturbed");
  const failures = isKill ? "" : `, ${failed} of them failed in words`;
  return `${disturbed.join(", ")}${failures}: nothing acknowledged lost, every database sound`;
}
