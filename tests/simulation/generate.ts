import { SLOTS } from "./entities.ts";
import { createRandom, type Random } from "./random.ts";
import type { DeviceSetup, Fault, NetworkFault, Schedule, Step } from "./schedule.ts";

/** What may happen in the schedules of one kind. */
export interface Mix {
  name: string;
  /** How often this mix is chosen. */
  weight: number;
  users?: number;
  network?: boolean;
  crashes?: boolean;
  interleaving?: boolean;
  clocks?: boolean;
  /** `all`: no client merges. `some`: each may. */
  legacy?: "all" | "some";
  /** Uploads of earlier arrive late. */
  late?: boolean;
  serverLoss?: boolean;
  deviceLoss?: boolean;
  purge?: boolean;
}

const faults = { network: true, crashes: true, interleaving: true };

/** Combinations that are left out are the protocol's known limits. A purge goes with no loss: where tombstones are
 *  purged before a device has seen them, a database that goes back can bring their entities back. A late upload of
 *  a legacy client goes with no wrong clock: refused for its time, it can be accepted minutes later. The server's
 *  clock never goes back. A device's database is copied or backed up only without unsynced rows. */
const MIXES: readonly Mix[] = [
  { name: "plain", weight: 2 },
  { name: "faults", weight: 4, ...faults, late: true },
  { name: "clocks", weight: 3, ...faults, late: true, clocks: true },
  { name: "legacy only", weight: 1, ...faults, late: true, legacy: "all" },
  { name: "mixed clients", weight: 2, ...faults, late: true, legacy: "some" },
  { name: "mixed clients and clocks", weight: 2, ...faults, legacy: "some", clocks: true },
  { name: "server loss", weight: 3, ...faults, late: true, serverLoss: true },
  { name: "server loss and clocks", weight: 2, ...faults, late: true, serverLoss: true, clocks: true },
  { name: "device loss", weight: 2, ...faults, late: true, deviceLoss: true },
  { name: "all losses", weight: 2, ...faults, late: true, serverLoss: true, deviceLoss: true },
  { name: "purge", weight: 2, ...faults, purge: true },
  { name: "two users", weight: 1, ...faults, late: true, users: 2 },
];

const MIX_BY_NAME = new Map(MIXES.map((mix) => [mix.name, mix]));
const WEIGHTS = Object.fromEntries(MIXES.map(({ name, weight }) => [name, weight]));

const MINUTE_MS = 60_000;
const HOUR_MS = 60 * MINUTE_MS;
const YEAR_MS = 365 * 24 * HOUR_MS;
/** 1 January 2026, where a run begins, back to 1970. */
const TO_1970_MS = -Date.UTC(2026, 0, 1);

/** The schedule of a seed. */
export function generateSchedule(seed: number): { mix: Mix; schedule: Schedule } {
  const random = createRandom(seed);
  const mix = MIX_BY_NAME.get(random.weighted(WEIGHTS))!;
  const users = mix.users ?? 1;
  const deviceCount = Math.max(users + 1, random.pick([2, 2, 2, 2, 3, 3, 4]));
  const devices = Array.from({ length: deviceCount }, (_, index) => createDevice(random, mix, index % users));
  const entities = pickSome(random, SLOTS.length, random.pick([1, 1, 2, 3]));
  const generator = createGenerator({ random, mix, deviceCount, users, entities });
  const stepCount = 20 + random.int(6);
  const steps = Array.from({ length: stepCount }, () => generator.step());
  return {
    mix,
    schedule: { marksWrites: random.chance(0.5), repeatsUploads: random.chance(0.2), devices, steps },
  };
}

function createDevice(random: Random, mix: Mix, user: number): DeviceSetup {
  const isLegacy = mix.legacy === "all" || (mix.legacy === "some" && random.chance(0.5));
  return {
    user,
    client: isLegacy ? "legacy" : "merging",
    batchChanges: random.pick([1, 2, 1000]),
    pageChanges: random.pick([1, 2, 1000]),
    clockLeadMs: pickLead(random, mix),
  };
}

function pickLead(random: Random, { clocks }: Mix): number {
  if (!clocks) return random.pick([0, 0, 0, 1, -1, 5, -5]);
  return random.pick([
    0,
    random.int(10) - 5,
    (random.int(20) - 10) * MINUTE_MS,
    -HOUR_MS,
    6 * MINUTE_MS,
    YEAR_MS,
    TO_1970_MS,
  ]);
}

interface Given {
  random: Random;
  mix: Mix;
  deviceCount: number;
  users: number;
  entities: number[];
}

function createGenerator({ random, mix, deviceCount, users, entities }: Given) {
  let token = 100;
  const weights = {
    write: 38,
    delete: 6,
    sync: 36,
    wait: 12,
    set_clock: mix.clocks ? 5 : 0,
    deliver_late: mix.late ? 4 : 0,
    back_up_server: mix.serverLoss ? 5 : 0,
    restore_server: mix.serverLoss ? 4 : 0,
    replace_server: mix.serverLoss ? 1.5 : 0,
    purge: mix.purge ? 4 : 0,
    back_up_device: mix.deviceLoss ? 5 : 0,
    restore_device: mix.deviceLoss ? 5 : 0,
    copy_device: mix.deviceLoss ? 1.5 : 0,
  };
  const elsewhere = { ...weights, write: 45, wait: 4 };

  function step(nesting = 0): Step {
    const kind = random.weighted(nesting === 0 ? weights : elsewhere);
    const device = random.int(deviceCount);
    switch (kind) {
      case "write":
        return { do: "write", device, entity: random.pick(entities), field: random.int(6), token: token++ };
      case "delete":
        return { do: "delete", device, entity: random.pick(entities), token: token++ };
      case "sync":
        return { do: "sync", device, faults: pickFaults(nesting) };
      case "wait":
        return { do: "wait", ms: random.pick([1, 1, 2, 10, 1000, MINUTE_MS, 10 * MINUTE_MS]) };
      case "set_clock":
        return { do: "set_clock", device, leadMs: pickLead(random, mix) };
      case "purge":
        return { do: "purge", user: random.int(users) };
      case "back_up_device":
      case "restore_device":
      case "copy_device":
        return { do: kind, device };
      default:
        return { do: kind };
    }
  }

  function pickFaults(nesting: number): Fault[] {
    const list: Fault[] = [];
    while (list.length < 3 && random.chance(list.length === 0 ? 0.45 : 0.25)) {
      const fault = pickFault(nesting);
      if (fault) list.push(fault);
      else break;
    }
    return list;
  }

  function pickFault(nesting: number): Fault | null {
    const at = random.pick([0, 0, 0, 1, 1, 2, 3]);
    const group = random.weighted({
      network: mix.network ? 4 : 0,
      crash: mix.crashes ? 3 : 0,
      elsewhere: mix.interleaving && nesting < 2 ? 4 : 0,
      none: mix.network ? 0 : 1,
    });
    switch (group) {
      case "network":
        return { kind: random.pick(mix.late ? [...NOW, ...LATE] : NOW), at };
      case "crash":
        return { kind: random.pick(["crash_before_commit", "crash_after_commit"]), at: random.int(6) };
      case "elsewhere": {
        const kind = random.pick(["before_arrival", "before_answer", "while_deciding"] as const);
        const count = 1 + random.int(2);
        return { kind, at, steps: Array.from({ length: count }, () => step(nesting + 1)) };
      }
      case "none":
        return null;
    }
  }

  return { step: () => step() };
}

const NOW: NetworkFault[] = ["lose_request", "lose_answer", "lose_answer", "arrive_twice", "too_large"];
const LATE: NetworkFault[] = ["arrive_late", "arrive_late", "arrive_again_late"];

function pickSome(random: Random, below: number, count: number): number[] {
  const picked = new Set<number>();
  while (picked.size < count) picked.add(random.int(below));
  return [...picked];
}
