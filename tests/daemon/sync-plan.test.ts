import { describe, expect, test } from "vitest";
import {
  afterChange,
  afterClockJump,
  afterFailedSnapshot,
  afterNewInterval,
  afterNewKey,
  afterServerBack,
  afterSnapshot,
  afterSync,
  beforeReminder,
  nextStep,
  type Pace,
  type SyncPlan,
  type SyncResult,
  startPlan,
} from "../../src/daemon/sync-plan.ts";
import { MINUTE_MS } from "../../src/domain/time/durations.ts";

const HOUR = 60 * MINUTE_MS;
const pace: Pace = { intervalMs: 15 * MINUTE_MS, random: () => 0.5 };
const quiet = { enabled: true, pending: 0 };

/** A plan that has synced at `nowMs` and taken a snapshot after it. */
function synced(nowMs: number, result: SyncResult = "ok"): SyncPlan {
  const plan = afterSnapshot(startPlan(nowMs), quiet, nowMs);
  return afterSnapshot(afterSync(plan, result, nowMs, pace), quiet, nowMs);
}

describe("the plan", () => {
  test("takes a snapshot first, syncs at once where sync is set up, and again after the interval", () => {
    const started = startPlan(1_000);
    expect(nextStep(started, 1_000)).toEqual({ kind: "snapshot" });
    const afterFirst = afterSnapshot(started, quiet, 1_000);
    expect(nextStep(afterFirst, 1_000)).toEqual({ kind: "sync" });
    const done = afterSync(afterFirst, "ok", 2_000, pace);
    expect(nextStep(done, 2_000)).toEqual({ kind: "snapshot" });
    expect(nextStep(afterSnapshot(done, quiet, 2_000), 2_000)).toEqual({ kind: "wait", ms: 15 * MINUTE_MS });
  });

  test("the interval varies by a tenth both ways", () => {
    for (const [random, minutes] of [
      [0, 13.5],
      [1, 16.5],
    ] as const) {
      const plan = afterSync(synced(0), "ok", 0, { ...pace, random: () => random });
      expect(plan.syncAtMs).toBe(minutes * MINUTE_MS);
    }
  });

  test("a local change is synced five seconds later, and more changes do not put it off", () => {
    let plan = afterChange(synced(0), 1_000);
    plan = afterChange(plan, 3_000);
    expect(nextStep(plan, 3_000)).toEqual({ kind: "wait", ms: 3_000 });
    expect(nextStep(plan, 6_000)).toEqual({ kind: "snapshot" });
    expect(nextStep(afterSnapshot(plan, { enabled: true, pending: 1 }, 6_000), 6_000)).toEqual({
      kind: "sync",
    });
    expect(nextStep(afterSnapshot(plan, quiet, 6_000), 6_000).kind).toBe("wait");
  });

  test("what a good sync leaves pending is tried a few times, not for ever", () => {
    let plan = afterChange(synced(0), 0);
    let syncs = 0;
    for (let nowMs = 5_000; nowMs < 10 * MINUTE_MS; nowMs += 1_000) {
      const step = nextStep(plan, nowMs);
      if (step.kind === "snapshot") plan = afterSnapshot(plan, { enabled: true, pending: 1 }, nowMs);
      if (step.kind === "sync") {
        syncs++;
        plan = afterSync(plan, "partial", nowMs, pace);
      }
    }
    expect(syncs).toBe(3);
  });

  test("while the server is away the waits double up to half an hour, and changes do not shorten them", () => {
    let plan = synced(0);
    const waits: number[] = [];
    for (let failure = 0; failure < 8; failure++) {
      plan = afterChange(afterSync(plan, "unreachable", 0, pace), 0);
      plan = afterSnapshot(plan, { enabled: true, pending: 3 }, 0);
      waits.push(plan.syncAtMs! / MINUTE_MS);
    }
    expect(waits).toEqual([1, 2, 4, 8, 16, 30, 30, 30]);
    expect(nextStep(afterServerBack(plan, 1_000), 1_000)).toEqual({ kind: "sync" });
    expect(afterSync(plan, "ok", 0, pace)).toMatchObject({ failures: 0, syncAtMs: 15 * MINUTE_MS });
  });

  test("a longer interval than half an hour is not shortened by failures", () => {
    let plan = synced(0);
    const slow = { ...pace, intervalMs: 6 * HOUR };
    for (let failure = 0; failure < 12; failure++) plan = afterSync(plan, "unreachable", 0, slow);
    expect(plan.syncAtMs).toBe(6 * HOUR);
  });

  test("a key that is rejected once is tried again after five minutes, and goes on where that works", () => {
    const doubtful = afterSnapshot(afterSync(synced(0), "unauthorized", 0, pace), quiet, 0);
    expect(doubtful.halted).toBeNull();
    expect(nextStep(doubtful, 0)).toEqual({ kind: "wait", ms: 5 * MINUTE_MS });
    const accepted = afterSync(doubtful, "ok", 5 * MINUTE_MS, pace);
    expect(accepted).toMatchObject({ halted: null, rejections: 0, failures: 0, syncAtMs: 20 * MINUTE_MS });
    const away = afterSync(doubtful, "unreachable", 5 * MINUTE_MS, pace);
    expect(afterSync(away, "unauthorized", 10 * MINUTE_MS, pace).halted).toBe("key_rejected");
  });

  test("a rejected key is tried once an hour until it works or there is another", () => {
    const once = afterSync(synced(0), "unauthorized", 0, pace);
    const halted = afterSnapshot(afterSync(once, "unauthorized", 0, pace), quiet, 0);
    expect(halted.halted).toBe("key_rejected");
    for (const event of [afterChange, afterClockJump, afterServerBack, beforeReminder]) {
      let plan = event(halted, 1_000);
      plan = afterSnapshot(plan, { enabled: true, pending: 5 }, 1_000);
      expect(nextStep(plan, 1_000)).toEqual({ kind: "wait", ms: HOUR - 1_000 });
    }
    for (const result of ["unauthorized", "unreachable", "failed"] as const) {
      const plan = afterSync(halted, result, HOUR, pace);
      expect(plan).toMatchObject({ halted: "key_rejected", syncAtMs: 2 * HOUR });
    }
    expect(afterSync(halted, "ok", HOUR, pace)).toMatchObject({
      halted: null,
      syncAtMs: HOUR + 15 * MINUTE_MS,
    });
    expect(nextStep(afterNewKey(halted, 1_000), 1_000)).toEqual({ kind: "sync" });
  });

  test("without sync it waits for the database to change, and starts when sync is enabled", () => {
    const off = afterSnapshot(startPlan(0), { enabled: false, pending: 4 }, 0);
    expect(nextStep(off, HOUR)).toEqual({ kind: "wait", ms: Number.POSITIVE_INFINITY });
    expect(nextStep(afterNewKey(off, 0), 0)).toEqual({ kind: "snapshot" });
    const changed = afterChange(off, 0);
    expect(nextStep(afterSnapshot(changed, quiet, 5_000), 5_000)).toEqual({ kind: "sync" });
    expect(afterSnapshot(synced(0), { enabled: false, pending: 0 }, 0)).toMatchObject({
      halted: "not_configured",
      syncAtMs: null,
    });
  });

  test("however long the machine slept, one sync follows", () => {
    let plan = afterClockJump(synced(0), 0);
    plan = afterClockJump(plan, 1_000);
    expect(nextStep(plan, 5_000)).toEqual({ kind: "sync" });
    plan = afterSnapshot(afterSync(plan, "ok", 5_000, pace), quiet, 5_000);
    expect(nextStep(plan, 5_000)).toEqual({ kind: "wait", ms: 15 * MINUTE_MS });
  });

  test("a shorter interval takes effect at once, a longer one after the next sync", () => {
    expect(afterNewInterval(synced(0), 0, { ...pace, intervalMs: MINUTE_MS }).syncAtMs).toBe(MINUTE_MS);
    expect(afterNewInterval(synced(0), 0, { ...pace, intervalMs: HOUR }).syncAtMs).toBe(15 * MINUTE_MS);
  });

  test("a database that cannot be read is tried again later, and syncs go on", () => {
    const plan = afterFailedSnapshot({ ...synced(0), snapshotAtMs: 0 }, 0);
    expect(nextStep(plan, 0)).toEqual({ kind: "wait", ms: 10 * MINUTE_MS });
  });
});

describe("24 virtual hours", () => {
  /** Lives through a day: a change at each of `changes`, the server away during `away`, asleep during `asleep`. */
  function live(given: {
    changes?: number[];
    away?: [number, number];
    asleep?: [number, number];
  }): { atMs: number; result: SyncResult; pending: number }[] {
    const syncs: { atMs: number; result: SyncResult; pending: number }[] = [];
    const changes = [...(given.changes ?? [])].sort((a, b) => a - b);
    const [awayFrom, awayTo] = given.away ?? [-1, -1];
    const [sleepFrom, sleepTo] = given.asleep ?? [-1, -1];
    const random = seeded(7);
    let plan = startPlan(0);
    let pending = 0;
    let wasAway = false;
    // The monotonic clock stands still during sleep.
    let sleptMs = 0;
    for (let wallMs = 0; wallMs < 24 * HOUR; wallMs += 1_000) {
      if (wallMs === sleepFrom) {
        sleptMs += sleepTo - sleepFrom;
        wallMs = sleepTo;
        plan = afterClockJump(plan, wallMs - sleptMs);
      }
      const nowMs = wallMs - sleptMs;
      const isAway = wallMs >= awayFrom && wallMs < awayTo;
      while (changes[0] !== undefined && changes[0] <= wallMs) {
        changes.shift();
        pending++;
        plan = afterChange(plan, nowMs);
      }
      if (wasAway && !isAway && plan.failures > 0) plan = afterServerBack(plan, nowMs);
      wasAway = isAway;
      for (let step = nextStep(plan, nowMs); step.kind !== "wait"; step = nextStep(plan, nowMs)) {
        if (step.kind === "snapshot") plan = afterSnapshot(plan, { enabled: true, pending }, nowMs);
        else {
          const result = isAway ? "unreachable" : "ok";
          if (result === "ok") pending = 0;
          syncs.push({ atMs: wallMs, result, pending });
          plan = afterSync(plan, result, nowMs, { intervalMs: 15 * MINUTE_MS, random });
        }
      }
    }
    return syncs;
  }

  test("a quiet day has about 96 syncs, never two close together", () => {
    const syncs = live({});
    expect(syncs.length).toBeGreaterThan(90);
    expect(syncs.length).toBeLessThan(103);
    for (const [index, { atMs }] of syncs.entries()) {
      if (index > 0) expect(atMs - syncs[index - 1]!.atMs).toBeGreaterThanOrEqual(13.5 * MINUTE_MS);
    }
  });

  test("every change is on its way after five seconds, and a burst of them in one sync", () => {
    const changes = [1 * HOUR + 30_000, 2 * HOUR + 40_000];
    const burst = Array.from({ length: 50 }, (_, index) => 3 * HOUR + 20_000 + index * 50);
    const times = live({ changes: [...changes, ...burst] }).map(({ atMs }) => atMs);
    for (const change of changes) expect(times).toContain(change + 5_000);
    expect(
      times.filter((atMs) => atMs >= 3 * HOUR && atMs < 3 * HOUR + MINUTE_MS).length,
    ).toBeLessThanOrEqual(2);
  });

  test("a server that is away for six hours is asked less and less, and at once when it is back", () => {
    const syncs = live({ away: [6 * HOUR, 12 * HOUR], changes: [8 * HOUR] });
    const failed = syncs.filter(({ result }) => result === "unreachable");
    expect(failed.length).toBeLessThan(20);
    const lastGaps = failed.slice(6).map(({ atMs }, index) => atMs - failed[index + 5]!.atMs);
    for (const gap of lastGaps) expect(gap).toBeLessThanOrEqual(33 * MINUTE_MS);
    const first = syncs.find(({ atMs, result }) => atMs >= 12 * HOUR && result === "ok")!;
    expect(first.atMs).toBe(12 * HOUR);
  });

  test("eight hours asleep are followed by one sync, not by thirty", () => {
    const syncs = live({ asleep: [5 * HOUR, 13 * HOUR] });
    const afterwards = syncs.filter(({ atMs }) => atMs >= 13 * HOUR && atMs < 13 * HOUR + 13 * MINUTE_MS);
    expect(afterwards.map(({ atMs }) => atMs)).toEqual([13 * HOUR + 5_000]);
  });
});

/** A small generator of numbers in [0, 1), the same every time. */
function seeded(seed: number): () => number {
  let state = seed;
  return () => {
    state = (state * 1_103_515_245 + 12_345) % 2 ** 31;
    return state / 2 ** 31;
  };
}
