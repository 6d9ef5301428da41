import { MINUTE_MS } from "../../src/domain/time/durations.ts";
import { SLOTS } from "./entities.ts";
import type { Mix } from "./mixes.ts";
import type { Random } from "./random.ts";
import type { Step } from "./schedule.ts";

/** Two devices of one user, the entity that they meet at, and the next token. */
export interface Cast {
  a: number;
  b: number;
  entity: number;
  /** Entities that the rest of the schedule does not touch. */
  unused: readonly [number, number];
  token(): number;
}

/** Steps in the order that once did harm, or that random steps seldom take. They come amid random ones, so that each
 *  schedule goes through them differently. Empty where the mix allows none of them. */
export function pickEpisode(random: Random, mix: Mix, cast: Cast): Step[] {
  const possible = [
    ...(mix.network ? [answerLost] : []),
    ...(mix.serverLoss && !mix.purge ? [serverBackBetweenUploadAndDownload] : []),
    ...(mix.purge && !mix.serverLoss ? [awayDuringPurge] : []),
    ...(mix.purgeLast ? [serverReplacedAndPurged] : []),
    ...(mix.clocks && mix.late ? [lateFromFastClock] : []),
    ...(mix.clocks ? [refusedAboveWhatIsAhead] : []),
    ...(mix.founds ? [unsealedElsewhere] : []),
  ];
  return possible.length === 0 ? [] : random.pick(possible)(random, cast);
}

/** Fields of a mood: adding to its note, and removing from it. */
const ADD = 0;
const REMOVE = 1;

function answerLost(random: Random, { a, b, entity, token }: Cast): Step[] {
  return [
    { do: "sync", device: a, faults: [] },
    { do: "sync", device: b, faults: [] },
    { do: "write", device: a, entity, field: ADD, token: token() },
    { do: "sync", device: a, faults: [{ kind: "lose_answer", at: 0 }] },
    { do: "sync", device: b, faults: [] },
    { do: "write", device: b, entity, field: random.pick([REMOVE, REMOVE, ADD, 4]), token: token() },
    { do: "sync", device: b, faults: [] },
    ...(random.chance(0.5)
      ? [{ do: "write" as const, device: a, entity, field: random.int(6), token: token() }]
      : []),
  ];
}

function serverBackBetweenUploadAndDownload(random: Random, { a, b, entity, token }: Cast): Step[] {
  const other = random.int(SLOTS.length);
  return [
    { do: "sync", device: a, faults: [] },
    { do: "write", device: b, entity: other, field: random.int(6), token: token() },
    { do: "sync", device: b, faults: [] },
    { do: "back_up_server" },
    { do: "write", device: a, entity, field: random.int(6), token: token() },
    { do: "sync", device: a, faults: [{ kind: "lose_request", at: 1 }] },
    { do: "restore_server" },
    { do: "write", device: b, entity: other, field: random.int(6), token: token() },
    { do: "sync", device: random.pick([a, b]), faults: [] },
  ];
}

function awayDuringPurge(random: Random, { a, b, entity, token }: Cast): Step[] {
  return [
    { do: "write", device: a, entity, field: random.int(6), token: token() },
    { do: "sync", device: a, faults: [] },
    { do: "sync", device: b, faults: [] },
    { do: "delete", device: a, entity, token: token() },
    { do: "sync", device: a, faults: [] },
    { do: "purge", user: 0 },
    ...(random.chance(0.5)
      ? [{ do: "write" as const, device: b, entity, field: random.int(6), token: token() }]
      : []),
    { do: "sync", device: b, faults: [{ kind: "crash_after_commit", at: random.int(4) }] },
  ];
}

/** The new server's order runs past the place that the absent device remembers of the old one. */
function serverReplacedAndPurged(random: Random, { a, b, unused: [own, other], token }: Cast): Step[] {
  const writesOfB = Array.from({ length: 6 }, (): Step[] => [
    { do: "write", device: b, entity: other, field: random.int(6), token: token() },
    { do: "sync", device: b, faults: [] },
  ]);
  return [
    { do: "write", device: a, entity: own, field: random.int(6), token: token() },
    { do: "sync", device: a, faults: [] },
    { do: "replace_server" },
    ...writesOfB.flat(),
    { do: "delete", device: b, entity: other, token: token() },
    { do: "sync", device: b, faults: [] },
    { do: "purge", user: 0 },
    { do: "sync", device: a, faults: [] },
  ];
}

/** A clock too far ahead edits what one that is ahead, but not too far, wrote. */
function refusedAboveWhatIsAhead(random: Random, { a, b, entity, token }: Cast): Step[] {
  return [
    { do: "set_clock", device: b, leadMs: 4 * MINUTE_MS },
    { do: "write", device: b, entity, field: random.int(6), token: token() },
    { do: "sync", device: b, faults: [] },
    { do: "set_clock", device: a, leadMs: random.pick([6, 600, 600_000]) * MINUTE_MS },
    { do: "sync", device: a, faults: [] },
    { do: "write", device: a, entity, field: random.int(6), token: token() },
    { do: "sync", device: a, faults: [] },
  ];
}

/** A version that was refused for its time is accepted later, behind the back of its device. */
function lateFromFastClock(_: Random, { a, entity, token }: Cast): Step[] {
  const later: Step[] = [{ do: "wait", ms: 2 * MINUTE_MS }, { do: "deliver_late" }];
  return [
    { do: "set_clock", device: a, leadMs: 6 * MINUTE_MS },
    { do: "write", device: a, entity, field: ADD, token: token() },
    { do: "sync", device: a, faults: [{ kind: "arrive_late", at: 0 }] },
    { do: "write", device: a, entity, field: REMOVE, token: token() },
    { do: "sync", device: a, faults: [{ kind: "before_arrival", at: 1, steps: later }] },
  ];
}

/** A device that holds its account for a sealed one hears from the server that it is plain now. */
function unsealedElsewhere(random: Random, { a, b, entity, token }: Cast): Step[] {
  return [
    { do: "found", device: a, plain: false, faults: [] },
    { do: "answer", device: b },
    { do: "found", device: a, plain: true, faults: [] },
    { do: "write", device: b, entity, field: random.int(6), token: token() },
    { do: "sync", device: b, faults: [] },
  ];
}
