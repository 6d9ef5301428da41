import { randomUUID } from "node:crypto";
import { afterEach, beforeEach, expect, test } from "vitest";
import { EMPTY_LOOK, parseLook } from "../../src/daemon/look.ts";
import { lookAtDatabase } from "../../src/daemon/snapshot.ts";
import { formatUtc } from "../../src/domain/time/timestamp.ts";
import { liveVersion } from "../../src/domain/versions/version.ts";
import { createSyncConfig, updateSyncConfig } from "../../src/local/sync-state/sync-config.ts";
import { storeVersion } from "../../src/local/versions/rows.ts";
import { writeAs } from "../../src/local/versions/write.ts";
import { logMoodIn } from "../helpers/log-mood-in.ts";
import { moodEntry } from "../helpers/merge-cases.ts";
import { openTemporaryStore } from "../helpers/open-store.ts";

const NOW = Date.parse("2026-11-22T12:00:00Z");
const HOUR = 60 * 60_000;
let store: ReturnType<typeof openTemporaryStore>;

beforeEach(() => {
  store = openTemporaryStore();
});
afterEach(() => store.remove());

const look = (nowMs = NOW) => lookAtDatabase(store.db, { appVersion: "1", nowMs, zone: () => 0 });

function addSchedule(assessment_type: string, dueMs: number) {
  writeAs(store.db, { name: "schedule add", nowMs: NOW - 24 * HOUR }, (writer) =>
    writer.put("Schedule", {
      id: randomUUID(),
      assessment_type,
      frequency: "Weekly",
      enabled: true,
      next_due_at: formatUtc(dueMs),
    }),
  );
}

/** Another device's version comes without a command of this one. */
function downloadMood(updatedAtMs: number) {
  const version = liveVersion("MoodEntry", moodEntry({ id: randomUUID(), updatedAtMs }));
  storeVersion(store.db, version, { revision: 1, ackedRevision: 1, base: null });
}

test("tells what is due, by name only where the name is not a person's own, and what comes next", () => {
  addSchedule("PHQ-9", NOW - HOUR);
  addSchedule("My own marker", NOW);
  addSchedule("GAD-7", NOW + HOUR);
  const seen = look();
  expect(seen.due.map(({ name }) => name)).toEqual(["PHQ-9", null]);
  expect(seen.nextDueAtMs).toBe(NOW + HOUR);
  expect(JSON.stringify(seen)).not.toContain("marker");
});

test("an assessment that was taken since is not due, even if its schedule did not move", () => {
  addSchedule("PHQ-9", NOW - HOUR);
  writeAs(store.db, { name: "import", nowMs: NOW }, (writer) =>
    writer.put("AssessmentEntry", {
      id: randomUUID(),
      assessment_type: "PHQ-9",
      score: 3,
      severity: "",
      taken_at: formatUtc(NOW - HOUR / 2),
    }),
  );
  expect(look().due).toEqual([]);
});

test("the device with the newest version is the one last used; without sync any is", () => {
  addSchedule("PHQ-9", NOW - HOUR);
  createSyncConfig(store.db, randomUUID());
  updateSyncConfig(store.db, { endpointUrl: "http://127.0.0.1:1", enabled: true });
  logMoodIn(store.db, NOW - HOUR);
  expect(look()).toMatchObject({ enabled: true, pending: 2, isLastUsedDevice: true });
  downloadMood(NOW - HOUR / 2);
  expect(look().isLastUsedDevice).toBe(false);
  logMoodIn(store.db, NOW);
  expect(look().isLastUsedDevice).toBe(true);
  updateSyncConfig(store.db, { enabled: false });
  expect(look()).toMatchObject({ enabled: false, isLastUsedDevice: true });
});

test("only a whole look is read", () => {
  expect(parseLook(JSON.stringify(EMPTY_LOOK))).toEqual(EMPTY_LOOK);
  for (const text of ["", "{", "null", "{}", '{"enabled":1,"due":[]}']) expect(parseLook(text)).toBeNull();
});
