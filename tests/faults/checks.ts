import { isDeepStrictEqual } from "node:util";
import { serverEntities } from "../../scripts/demo/agreement.ts";
import type { ProgramResult } from "../helpers/program/program.ts";
import type { ProgramDevice } from "../helpers/program/program-device.ts";
import type { Account } from "./resources.ts";

/** Throws unless it holds. */
export function check(holds: boolean, otherwise: string): asserts holds {
  if (!holds) throw new Error(otherwise);
}

/** Everything that was acknowledged is there. */
export function checkPresent(
  acknowledged: Iterable<string>,
  present: ReadonlySet<string>,
  where: string,
): void {
  const lost = [...acknowledged].filter((id) => !present.has(id));
  check(lost.length === 0, `${lost.length} acknowledged entries are not ${where}`);
}

export function checkSound(device: ProgramDevice): void {
  const found = device.integrity();
  check(found === "ok", `the database is damaged: ${found}`);
}

/** The command ended in a way that a user can read: no trace, no crash, a known exit code. */
export function checkReadable({ code, stderr }: ProgramResult, codes: readonly number[], what: string): void {
  check(code !== null && codes.includes(code), `${what} ended with ${code}: ${stderr}`);
  check(!/\n {4}at |Error:/.test(stderr), `${what} showed a trace: ${stderr}`);
}

/** Syncs twice on each device, after which nothing waits; throws where something does. */
export async function drain(devices: readonly ProgramDevice[]): Promise<void> {
  for (let round = 0; round < 2; round++) {
    for (const device of devices) {
      const outcome = await device.json(["sync"]);
      check(outcome.status === "ok", `a sync without trouble ended with ${outcome.status}`);
    }
  }
  for (const device of devices) {
    const { pending } = await device.json(["sync", "status"]);
    check(pending === 0, `${pending} changes are stuck`);
  }
}

/** The devices hold the same, and it is what the server holds. Returns it. */
export async function checkAgreement(
  devices: readonly ProgramDevice[],
  account: Account,
): Promise<Record<string, { id: string; note?: string | null }[]>> {
  const held = await serverEntities(account.url, account.apiKey);
  for (const [index, device] of devices.entries()) {
    const { entities } = JSON.parse(await device.ok(["export"]));
    check(isDeepStrictEqual(entities, held), `device ${index + 1} and the server do not hold the same`);
  }
  return held;
}
