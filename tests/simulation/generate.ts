import { DAY_MS, HOUR_MS, MINUTE_MS } from "../../src/domain/time/durations.ts";
import { SLOTS } from "./entities.ts";
import { pickEpisode } from "./episodes.ts";
import { MIXES, type Mix } from "./mixes.ts";
import { createRandom, type Random } from "./random.ts";
import {
  type DeviceSetup,
  type Fault,
  type NetworkFault,
  type Schedule,
  type Step,
  TAMPERINGS,
} from "./schedule.ts";

const MIX_BY_NAME = new Map(MIXES.map((mix) => [mix.name, mix]));
const WEIGHTS = Object.fromEntries(MIXES.map(({ name, weight }) => [name, weight]));
/** How often a schedule holds an episode that is known to be dangerous. */
const EPISODE_CHANCE = 0.4;

const YEAR_MS = 365 * DAY_MS;
/** 1 January 2026, where a run begins, back to 1970. */
const TO_1970_MS = -Date.UTC(2026, 0, 1);

/** The schedule of a seed. */
export function generateSchedule(seed: number): { mix: Mix; schedule: Schedule } {
  const random = createRandom(seed);
  const mix = MIX_BY_NAME.get(random.weighted(WEIGHTS))!;
  const users = mix.users ?? 1;
  const deviceCount = Math.max(users + 1, random.pick([2, 2, 2, 2, 3, 3, 4]));
  const devices = Array.from({ length: deviceCount }, (_, index) => createDevice(random, mix, index % users));
  const entities = pickEntities(random, mix);
  const generator = createGenerator({ random, mix, deviceCount, users, entities });
  const stepCount = 20 + random.int(6);
  const steps = Array.from({ length: stepCount }, (_, index) => generator.step(index / stepCount));
  if (random.chance(EPISODE_CHANCE)) {
    const [a, b] = random.chance(0.5) ? [0, users] : [users, 0];
    const [first, second] = [...SLOTS.keys()].filter((slot) => !entities.includes(slot));
    const unused = [first!, second!] as const;
    const cast = { a, b, entity: random.pick(entities), unused, token: generator.token };
    const episode = pickEpisode(random, mix, cast);
    steps.splice(random.int(stepCount), 0, ...episode);
  }
  return {
    mix,
    schedule: {
      marksWrites: random.chance(0.5),
      repeatsUploads: random.chance(0.2),
      ...(mix.sealed ? { sealed: true } : {}),
      ...(mix.founds ? { founds: true } : {}),
      ...(mix.hostile ? { hostile: true } : {}),
      devices,
      steps,
    },
  };
}

function createDevice(random: Random, mix: Mix, user: number): DeviceSetup {
  const isLegacy = mix.legacy === "all" || (mix.legacy === "some" && random.chance(0.5));
  return {
    user,
    client: isLegacy ? "legacy" : mix.upgrades && random.chance(0.6) ? "older" : "merging",
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
  const always = {
    write: 34,
    delete: mix.purge ? 12 : 6,
    sync: 40,
    wait: 12,
    set_clock: mix.clocks ? 5 : 0,
    upgrade_device: mix.upgrades ? 4 : 0,
    deliver_late: mix.late ? 4 : 0,
    found: mix.founds ? 5 : 0,
    answer: mix.founds ? 8 : 0,
  };
  const loss = {
    back_up_server: mix.serverLoss ? 6 : 0,
    restore_server: mix.serverLoss ? 6 : 0,
    replace_server: mix.serverLoss ? 2 : 0,
    back_up_device: mix.deviceLoss ? 6 : 0,
    restore_device: mix.deviceLoss ? 6 : 0,
    copy_device: mix.deviceLoss ? 1.5 : 0,
  };
  const noLoss: typeof loss = { ...loss };
  for (const kind of Object.keys(noLoss) as (keyof typeof loss)[]) noLoss[kind] = 0;
  const first = { ...always, ...loss, purge: mix.purge && !mix.purgeLast ? 8 : 0 };
  const last = { ...always, ...(mix.purgeLast ? noLoss : loss), purge: mix.purge ? 8 : 0 };
  const nested = { write: 45, wait: 4 };
  const [firstNested, lastNested] = [
    { ...first, ...nested },
    { ...last, ...nested },
  ];
  let progress = 0;

  function step(nesting = 0): Step {
    const isEarly = progress < 0.4;
    const kind = random.weighted(
      nesting === 0 ? (isEarly ? first : last) : isEarly ? firstNested : lastNested,
    );
    const device = random.int(deviceCount);
    switch (kind) {
      case "write":
        return { do: "write", device, entity: random.pick(entities), field: random.int(6), token: token++ };
      case "delete":
        return { do: "delete", device, entity: random.pick(entities), token: token++ };
      case "sync":
        return { do: "sync", device, faults: pickFaults(nesting) };
      case "found":
        return { do: "found", device, plain: random.chance(0.25), faults: pickFaults(nesting) };
      case "wait":
        return { do: "wait", ms: random.pick([1, 1, 2, 10, 1000, MINUTE_MS, 10 * MINUTE_MS]) };
      case "set_clock":
        return { do: "set_clock", device, leadMs: pickLead(random, mix) };
      case "purge":
        return { do: "purge", user: random.int(users) };
      case "back_up_device":
      case "restore_device":
      case "copy_device":
      case "upgrade_device":
      case "answer":
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
      tamper: mix.hostile ? 12 : 0,
      elsewhere: mix.interleaving && nesting < 2 ? 4 : 0,
      none: mix.network ? 0 : 1,
    });
    switch (group) {
      case "network":
        return { kind: random.pick(mix.late ? [...NOW, ...LATE] : NOW), at };
      case "crash": {
        // Few syncs have more than six transactions, those of pages and batches of one change.
        const transactions = random.chance(0.2) ? 14 : 6;
        return {
          kind: random.pick(["crash_before_commit", "crash_after_commit"]),
          at: random.int(transactions),
        };
      }
      case "elsewhere": {
        const kind = random.pick(["before_arrival", "before_answer", "while_deciding"] as const);
        const count = 1 + random.int(2);
        return { kind, at, steps: Array.from({ length: count }, () => step(nesting + 1)) };
      }
      case "tamper":
        return { kind: "tamper", at, how: random.pick(TAMPERINGS) };
      case "none":
        return null;
    }
  }

  return {
    token: () => token++,
    /** The next step; `part` of the schedule (0 to 1) is behind it. */
    step(part: number): Step {
      progress = part;
      return step();
    },
  };
}

const NOW: NetworkFault[] = ["lose_request", "lose_answer", "lose_answer", "arrive_twice", "too_large"];
const LATE: NetworkFault[] = ["arrive_late", "arrive_late", "arrive_again_late"];

/** One entity most of the time, so that devices meet at it; moods above all, which have the most to merge. */
function pickEntities(random: Random, { upgrades }: Mix): number[] {
  const picked = new Set<number>(upgrades ? [SCHEDULE] : []);
  const count = random.pick([1, 1, 1, 2, 2, 3]);
  while (picked.size < count) picked.add(random.pick(MOODS_ABOVE_ALL));
  return [...picked];
}

/** The slot of the entity type that older clients do not know. */
const SCHEDULE = SLOTS.findIndex(({ entityType }) => entityType === "Schedule");
const MOODS_ABOVE_ALL = [...SLOTS.keys(), 0, 0, 4];
