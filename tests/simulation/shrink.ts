import type { Fault, Schedule, Step } from "./schedule.ts";

/** The smallest schedule found by leaving parts out that still fails. */
export async function shrink(
  schedule: Schedule,
  stillFails: (candidate: Schedule) => Promise<boolean>,
): Promise<Schedule> {
  let best = schedule;
  for (let improved = true; improved; ) {
    improved = false;
    for (const candidate of smallerSchedules(best)) {
      if (!(await stillFails(candidate))) continue;
      best = candidate;
      improved = true;
      break;
    }
  }
  return best;
}

/** Half of the steps left out, then single ones, then parts of steps, then simpler devices. */
function* smallerSchedules(schedule: Schedule): Generator<Schedule> {
  for (const steps of smallerSteps(schedule.steps)) yield { ...schedule, steps };
  for (const [index, device] of schedule.devices.entries()) {
    for (const change of [{ clockLeadMs: 0 }, { batchChanges: 1000 }, { pageChanges: 1000 }]) {
      const [name, value] = Object.entries(change)[0]!;
      if (device[name as keyof typeof device] === value) continue;
      yield { ...schedule, devices: schedule.devices.with(index, { ...device, ...change }) };
    }
  }
  const last = schedule.devices.length - 1;
  if (last > 0) yield { ...schedule, devices: schedule.devices.slice(0, last) };
}

function* smallerSteps(steps: readonly Step[]): Generator<Step[]> {
  for (let size = steps.length >> 1; size >= 1; size >>= 1) {
    for (let start = 0; start < steps.length; start += size) {
      yield [...steps.slice(0, start), ...steps.slice(start + size)];
    }
  }
  for (const [index, step] of steps.entries()) {
    if (step.do === "sync") {
      for (const faults of smallerFaults(step.faults)) yield steps.with(index, { ...step, faults });
    } else if (step.do === "wait" && step.ms > 1) {
      yield steps.with(index, { ...step, ms: 1 });
    }
  }
}

function* smallerFaults(faults: readonly Fault[]): Generator<Fault[]> {
  for (const [index, fault] of faults.entries()) {
    yield [...faults.slice(0, index), ...faults.slice(index + 1)];
    if (!("steps" in fault)) continue;
    for (const steps of smallerSteps(fault.steps)) yield faults.with(index, { ...fault, steps });
  }
}
