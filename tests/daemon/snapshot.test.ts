import { randomUUID } from "node:crypto";
import { afterEach, beforeEach, expect, test } from "vitest";
import { EMPTY_SNAPSHOT, parseSnapshot, takeSnapshot } from "../../src/daemon/snapshot.ts";
import { HOUR_MS } from "../../src/domain/time/durations.ts";
import { formatUtc } from "../../src/domain/time/timestamp.ts";
import { liveVersion } from "../../src/domain/versions/version.ts";
import { addSchedule } from "../../src/entries/schedules.ts";
import { createSyncConfig, updateSyncConfig } from "../../src/local/sync-state/sync-config.ts";
import { storeVersion } from "../../src/local/versions/rows.ts";
import { writeAs } from "../../src/local/versions/write.ts";
import { logMoodIn } from "../helpers/device/log-mood-in.ts";
import { openTemporaryStore } from "../helpers/device/open-store.ts";
import { moodEntry } from "../helpers/sync/merge-cases.ts";

const NOW = Date.parse("2026-11-22T12:00:00Z");
let store: ReturnType<typeof openTemporaryStore>;

beforeEach(() => {
  store = openTemporaryStore();
});
afterEach(() => store.remove());

const snapshot = (nowMs = NOW) =>
  takeSnapshot(store.db, { appVersion: "1", nowMs, zone: () => 0, dayStartMs: 0, clock: "off" });

function addWeekly(assessment_type: string, dueMs: number): void {
  const entries = { db: store.db, nowMs: NOW - 24 * HOUR_MS, zone: () => 0 };
  addSchedule(entries, { assessment_type, frequency: "Weekly", next_due_at: formatUtc(dueMs) });
}

/** Another device's version comes without a command of this one. */
function downloadMood(updatedAtMs: number) {
  const version = liveVersion("MoodEntry", moodEntry({ id: randomUUID(), updatedAtMs }));
  storeVersion(store.db, version, { revision: 1, ackedRevision: 1, base: null });
}

test("tells what is due, by name only where the name is not a person's own, and what comes next", () => {
  addWeekly("PHQ-9", NOW - HOUR_MS);
  addWeekly("My own marker", NOW);
  addWeekly("GAD-7", NOW + HOUR_MS);
  const taken = snapshot();
  expect(taken.due.map(({ name }) => name)).toEqual(["PHQ-9", null]);
  expect(taken.nextDueAtMs).toBe(NOW + HOUR_MS);
  expect(JSON.stringify(taken)).not.toContain("marker");
});

test("an assessment that was taken since is not due, even if its schedule did not move", () => {
  addWeekly("PHQ-9", NOW - HOUR_MS);
  writeAs(store.db, { name: "import", nowMs: NOW }, (writer) =>
    writer.put("AssessmentEntry", {
      id: randomUUID(),
      assessment_type: "PHQ-9",
      score: 3,
      severity: "",
      taken_at: formatUtc(NOW - HOUR_MS / 2),
    }),
  );
  expect(snapshot().due).toEqual([]);
});

test("the device with the newest version is the one last used; without sync any is", () => {
  addWeekly("PHQ-9", NOW - HOUR_MS);
  createSyncConfig(store.db, randomUUID());
  updateSyncConfig(store.db, { endpointUrl: "http://127.0.0.1:1", enabled: true });
  logMoodIn(store.db, NOW - HOUR_MS);
  expect(snapshot()).toMatchObject({ enabled: true, pending: 2, isLastUsedDevice: true });
  downloadMood(NOW - HOUR_MS / 2);
  expect(snapshot().isLastUsedDevice).toBe(false);
  logMoodIn(store.db, NOW);
  expect(snapshot().isLastUsedDevice).toBe(true);
  updateSyncConfig(store.db, { enabled: false });
  expect(snapshot()).toMatchObject({ enabled: false, isLastUsedDevice: true });
});

test("only a whole snapshot is read", () => {
  expect(parseSnapshot(JSON.stringify(EMPTY_SNAPSHOT))).toEqual(EMPTY_SNAPSHOT);
  for (const text of ["", "{", "null", "{}", '{"enabled":1,"due":[]}'])
    expect(parseSnapshot(text)).toBeNull();
});
