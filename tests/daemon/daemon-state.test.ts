import { describe, expect, test } from "vitest";
import {
  type DaemonState,
  isUpToDate,
  type Moment,
  nextAction,
  startState,
} from "../../src/daemon/daemon-state.ts";
import { describeDaemon } from "../../src/daemon/daemon-status.ts";
import {
  afterObservation,
  afterProbe,
  afterReminders,
  afterSnapshot,
  afterSyncRun,
  type Transition,
  withoutSnapshot,
} from "../../src/daemon/daemon-transitions.ts";
import { EMPTY_SNAPSHOT, type Snapshot } from "../../src/daemon/snapshot.ts";
import type { SyncResult } from "../../src/daemon/sync-plan.ts";
import { HOUR_MS, MINUTE_MS } from "../../src/domain/time/durations.ts";
import { readSettings } from "../../src/settings/settings-file.ts";

const settings = readSettings("/nowhere");
const WALL_MS = Date.parse("2026-11-22T12:00:00Z");
const connected: Snapshot = { ...EMPTY_SNAPSHOT, enabled: true, endpointUrl: "https://mood.example.org" };
const nothingSeen = { clockJumped: false, databaseChanged: false, keyChanged: false };

/** So many ms after the daemon began, by both clocks. */
const at = (ms: number): Moment => ({ wallMs: WALL_MS + ms, monotonicMs: ms, random: () => 0.5 });

const eventsOf = ({ events }: Transition) => events.map(({ event }) => event);

function synced(state: DaemonState, result: SyncResult, ms: number): Transition {
  const event = result === "ok" ? "synced" : "sync failed";
  return afterSyncRun(state, { result, event: { event } }, at(ms));
}

function observed(
  state: DaemonState,
  ms: number,
  seen: Partial<Parameters<typeof afterObservation>[1]> = {},
): Transition {
  return afterObservation(state, { ...nothingSeen, newSettings: null, mustRetry: false, ...seen }, at(ms));
}

/** A daemon whose snapshot is taken and whose sync at `ms` ended so, with a snapshot after it. */
function daemonAfter(results: SyncResult[], ms = 0, snapshot = connected): DaemonState {
  let state = afterSnapshot(startState(settings, at(0)), snapshot, at(0)).state;
  for (const result of results) {
    state = afterSnapshot(synced(state, result, ms).state, snapshot, at(ms)).state;
  }
  return state;
}

describe("a new daemon", () => {
  test("takes a snapshot, syncs where sync is set up, and takes another", () => {
    const started = startState(settings, at(0));
    expect(nextAction(started, at(0))).toEqual({ kind: "snapshot" });
    const { state } = afterSnapshot(started, connected, at(0));
    expect(nextAction(state, at(0))).toEqual({ kind: "sync" });
    expect(nextAction(synced(state, "ok", 100).state, at(100))).toEqual({ kind: "snapshot" });
  });

  test("says nothing of sync before the first snapshot", () => {
    const daemon = { pid: 7, version: "1", startedAtMs: WALL_MS };
    const started = startState(settings, at(0));
    expect(describeDaemon(started, daemon, at(0))).toMatchObject({ halted: null, database_read: null });
    const { state } = afterSnapshot(started, EMPTY_SNAPSHOT, at(0));
    expect(describeDaemon(state, daemon, at(0))).toMatchObject({
      halted: "not_configured",
      database_read: true,
      next_sync_at: null,
    });
  });

  test("tries a database that cannot be read again after ten minutes, and says so", () => {
    const transition = withoutSnapshot(startState(settings, at(0)), 1, at(0));
    expect(transition.events).toEqual([{ event: "snapshot failed", exit_code: 1 }]);
    expect(transition.state).toMatchObject({ isDatabaseReadable: false, snapshot: null });
    expect(nextAction(transition.state, at(0))).toEqual({ kind: "wait", ms: MINUTE_MS });
    expect(nextAction(transition.state, at(10 * MINUTE_MS))).toEqual({ kind: "snapshot" });
  });
});

describe("a sync", () => {
  test("is logged with the time until the next, and a halt with its reason", () => {
    const state = daemonAfter([]);
    expect(synced(state, "ok", 0).events).toEqual([{ event: "synced", next_ms: 15 * MINUTE_MS }]);
    const twice = synced(daemonAfter(["unauthorized"]), "unauthorized", 0);
    expect(twice.events).toEqual([
      { event: "sync failed", next_ms: HOUR_MS },
      { event: "sync stopped", reason: "key_rejected" },
    ]);
  });

  test("shows in the status by the clock on the wall, wherever the monotonic clock stands", () => {
    const state = daemonAfter(["ok"], 5_000);
    const daemon = { pid: 7, version: "1", startedAtMs: WALL_MS };
    expect(describeDaemon(state, daemon, at(6_000))).toMatchObject({
      last_sync: "ok",
      last_sync_at: "2026-11-22T12:00:05.000Z",
      next_sync_at: "2026-11-22T12:15:05.000Z",
    });
  });

  test("never lets the daemon wait for longer than a minute, where the kernel may report no changes", () => {
    expect(nextAction(daemonAfter(["ok"]), at(0))).toEqual({ kind: "wait", ms: MINUTE_MS });
    expect(nextAction(daemonAfter([], 0, EMPTY_SNAPSHOT), at(0))).toEqual({ kind: "wait", ms: MINUTE_MS });
  });
});

describe("a server that is away", () => {
  const away = daemonAfter(["ok", "unreachable"]);

  test("is probed at once and then every ten seconds, but not before it was away", () => {
    expect(nextAction(synced(daemonAfter(["ok"]), "unreachable", 0).state, at(0))).toEqual({
      kind: "probe",
      endpointUrl: connected.endpointUrl,
    });
    const { state } = afterProbe(away, false, at(0));
    expect(nextAction(state, at(0))).toEqual({ kind: "wait", ms: 10_000 });
    expect(nextAction(state, at(4_000))).toEqual({ kind: "wait", ms: 6_000 });
    expect(nextAction(state, at(10_000)).kind).toBe("probe");
    expect(nextAction(daemonAfter(["ok", "failed"]), at(30_000)).kind).toBe("wait");
  });

  test("is asked at once when it accepts connections again", () => {
    const closed = afterProbe(away, false, at(0));
    expect(closed.events).toEqual([]);
    const back = afterProbe(closed.state, true, at(10_000));
    expect(eventsOf(back)).toEqual(["server back"]);
    expect(nextAction(back.state, at(10_000))).toEqual({ kind: "sync" });
  });

  test("and that accepts connections all the time, as behind a proxy, gets no extra syncs", () => {
    const open = afterProbe(away, true, at(0));
    const still = afterProbe(open.state, true, at(10_000));
    expect([...open.events, ...still.events]).toEqual([]);
    expect(nextAction(still.state, at(10_000)).kind).toBe("wait");
  });

  test("whose address nobody knows is not probed", () => {
    const unknown = daemonAfter(["ok", "unreachable"], 0, { ...connected, endpointUrl: null });
    expect(nextAction(unknown, at(0))).toEqual({ kind: "wait", ms: MINUTE_MS });
  });
});

describe("a rejected key", () => {
  const halted = daemonAfter(["unauthorized", "unauthorized"]);

  test.each([
    ["once", daemonAfter(["unauthorized"]), null],
    ["twice", halted, "key_rejected"],
  ])("%s is tried again when its file changes, somebody asks, or a sync by hand worked", (_, state, why) => {
    expect(state.plan.halted).toBe(why);
    expect(nextAction(state, at(0)).kind).toBe("wait");
    for (const seen of [{ keyChanged: true }, { mustRetry: true }]) {
      expect(nextAction(observed(state, 0, seen).state, at(0))).toEqual({ kind: "sync" });
    }
    const byHand = afterSnapshot(state, { ...connected, lastSuccessAtMs: WALL_MS }, at(0));
    expect(nextAction(byHand.state, at(0))).toEqual({ kind: "sync" });
    const elsewhere = afterSnapshot(state, { ...connected, endpointUrl: "https://b.example.org" }, at(0));
    expect(nextAction(elsewhere.state, at(0))).toEqual({ kind: "sync" });
  });

  test("that was accepted meanwhile is not tried again for having changed", () => {
    const changed = observed(daemonAfter(["unauthorized", "ok"]), 0, { keyChanged: true }).state;
    expect(nextAction(changed, at(0)).kind).toBe("wait");
  });

  test("is not tried again for a local change, nor for another snapshot of the same", () => {
    const changed = observed(halted, 0, { databaseChanged: true }).state;
    expect(nextAction(changed, at(5_000))).toEqual({ kind: "snapshot" });
    const again = afterSnapshot(changed, { ...connected, pending: 3 }, at(5_000)).state;
    expect(nextAction(again, at(5_000)).kind).toBe("wait");
  });
});

describe("what the daemon notices", () => {
  test("settings that changed hold at once, and are logged", () => {
    const newSettings = { ...settings, "sync.interval": 1, reminders: false };
    const transition = observed(daemonAfter(["ok"]), 0, { newSettings });
    expect(eventsOf(transition)).toEqual(["settings read"]);
    expect(transition.state.settings).toBe(newSettings);
    expect(transition.state.plan.syncAtMs).toBe(MINUTE_MS);
    expect(nextAction(transition.state, at(0))).toEqual({ kind: "snapshot" });
  });

  test("a clock that jumped is logged and followed by one sync", () => {
    const transition = observed(daemonAfter(["ok"]), 1_000, { clockJumped: true });
    expect(eventsOf(transition)).toEqual(["clock jumped"]);
    expect(nextAction(transition.state, at(6_000))).toEqual({ kind: "sync" });
  });

  test("nothing changes nothing", () => {
    const state = daemonAfter(["ok"]);
    expect(observed(state, 1_000)).toEqual({ state, events: [] });
  });
});

describe("reminders", () => {
  test("are shown only while a sync is fresh, or where none can work", () => {
    const state = daemonAfter(["ok"]);
    expect(isUpToDate(state, at(MINUTE_MS))).toBe(true);
    expect(isUpToDate(state, at(2 * MINUTE_MS))).toBe(false);
    expect(isUpToDate(daemonAfter(["unreachable"]), at(HOUR_MS))).toBe(true);
    expect(isUpToDate(daemonAfter([], 0, EMPTY_SNAPSHOT), at(HOUR_MS))).toBe(true);
  });

  test("that wait for a sync bring one about", () => {
    const { state, events } = afterReminders(
      daemonAfter(["ok"]),
      { kind: "after_sync", checkAgainAtMs: null },
      at(HOUR_MS),
    );
    expect(events).toEqual([]);
    expect(nextAction(state, at(HOUR_MS))).toEqual({ kind: "sync" });
  });

  test("come when the next assessment is due or a wait is over, whichever is first", () => {
    const due = { ...connected, nextDueAtMs: WALL_MS + 50_000 };
    const waits = { kind: "nothing", checkAgainAtMs: WALL_MS + 30_000 } as const;
    const { state } = afterReminders(daemonAfter(["ok"], 0, due), waits, at(0));
    expect(nextAction(state, at(0))).toEqual({ kind: "wait", ms: 30_000 });
    const early = observed(state, 29_000).state;
    expect(nextAction(early, at(29_000))).toEqual({ kind: "wait", ms: 1_000 });
    expect(nextAction(observed(early, 30_000).state, at(30_000))).toEqual({ kind: "sync" });
  });

  test("that could not be shown say why until one could", () => {
    const failed = afterReminders(
      daemonAfter(["ok"]),
      { kind: "failed", reason: "notify-send failed", checkAgainAtMs: null },
      at(0),
    );
    expect(failed.state.reminderProblem).toBe("notify-send failed");
    expect(failed.events).toEqual([{ event: "reminder failed", reason: "notify-send failed" }]);
    const shown = afterReminders(failed.state, { kind: "shown", count: 2, checkAgainAtMs: null }, at(0));
    expect(shown.state.reminderProblem).toBeNull();
    expect(shown.events).toEqual([{ event: "reminded", count: 2 }]);
  });
});
