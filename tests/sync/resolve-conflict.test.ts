import { randomUUID } from "node:crypto";
import { afterEach, beforeEach, describe, expect, test } from "vitest";
import type { MoodEntry } from "../../src/domain/entities/mood-entry.ts";
import { MAX_CLOCK_LEAD_MS } from "../../src/domain/limits.ts";
import type { ConflictInfo } from "../../src/domain/protocol/conflict.ts";
import { MINUTE_MS } from "../../src/domain/time/durations.ts";
import { liveVersion, tombstone, type Version, versionToChange } from "../../src/domain/versions/version.ts";
import { listLostVersions } from "../../src/local/sync-state/lost-versions.ts";
import { countPending } from "../../src/local/sync-state/pending-changes.ts";
import { listReplacedVersions } from "../../src/local/sync-state/replaced-versions.ts";
import { readRow, storeVersion } from "../../src/local/versions/rows.ts";
import { writeAs } from "../../src/local/versions/write.ts";
import { resolveConflict } from "../../src/sync/exchange/resolve-conflict.ts";
import { moodEntry } from "../helpers/sync/merge-cases.ts";
import { openSyncSession } from "../helpers/sync/sync-session.ts";

const ID = randomUUID();
const NOW = Date.UTC(2026, 10, 22, 12);

let device: ReturnType<typeof openSyncSession>;
beforeEach(() => {
  device = openSyncSession({ nowMs: () => NOW });
});
afterEach(() => device.remove());

const version = (updatedAtMs: number, fields: { note?: string; value?: number }) =>
  liveVersion("MoodEntry", moodEntry({ id: ID, updatedAtMs, ...fields }));

/** What both devices had seen before either edited it. */
const base = version(NOW - 60 * MINUTE_MS, { note: "base" });

/** An entry that this device has synced as `base`. */
function synced(): void {
  storeVersion(device.db, base, { revision: 1, ackedRevision: 1, base });
}

/** Edits the entry on this device, at `nowMs` by its clock, and returns the version that is sent. */
function edit(fields: Partial<MoodEntry>, nowMs = NOW) {
  const { metadata: _, ...standing } = (readRow(device.db, "MoodEntry", ID)?.entity ??
    base.entity) as MoodEntry;
  writeAs(device.db, { name: "edit", nowMs }, (writer) =>
    writer.put("MoodEntry", { ...standing, ...fields }),
  );
  return readRow(device.db, "MoodEntry", ID)!;
}

function resolve(
  sent: ReturnType<typeof edit>,
  reason: ConflictInfo["reason"],
  theirs: Version | null,
  clock: Parameters<typeof resolveConflict>[3] = null,
) {
  const server_change = theirs && versionToChange(theirs);
  const conflict = { entity_type: "MoodEntry", id: ID, reason, server_change } as ConflictInfo;
  resolveConflict(device.session, sent, conflict, clock);
  return readRow(device.db, "MoodEntry", ID)!;
}

const isPending = () => countPending(device.db, "1").pending === 1;

describe("a conflict with a newer version", () => {
  test("that changed another field becomes both edits, pending on that version", () => {
    synced();
    const sent = edit({ note: "mine" });
    const theirs = version(NOW - MINUTE_MS, { note: "base", value: 5 });
    const row = resolve(sent, "stale_base", theirs);
    expect(row.entity).toMatchObject({ note: "mine", value: 5 });
    expect(row.updatedAtMs).toBeGreaterThan(theirs.updatedAtMs);
    expect(row.base?.contentHash).toBe(theirs.contentHash);
    expect(isPending()).toBe(true);
    expect(device.session.counts.conflicts).toBe(1);
  });

  test("that made the same edit is taken, and counts as no conflict", () => {
    synced();
    const sent = edit({ note: "same" });
    const theirs = version(NOW + MINUTE_MS, { note: "same" });
    const row = resolve(sent, "stale_base", theirs);
    expect(row).toMatchObject({ updatedAtMs: theirs.updatedAtMs, contentHash: theirs.contentHash });
    expect(isPending()).toBe(false);
    expect(device.session.counts.conflicts).toBe(0);
  });

  test("that deleted the entry later is taken; what was written here is kept in the history as lost", () => {
    synced();
    const sent = edit({ note: "mine" });
    const row = resolve(sent, "stale_base", tombstone("MoodEntry", ID, NOW + MINUTE_MS));
    expect(row.deleted).toBe(true);
    expect(isPending()).toBe(false);
    const lost = device.db.prepare("select outcome from entity_history where outcome = 'lost'").all();
    expect(lost).toHaveLength(1);
  });
});

describe("a change that had arrived, but whose answer was lost", () => {
  test("and that another device replaced since is no conflict: their version is taken", () => {
    synced();
    const sent = edit({ note: "mine" });
    const theirs = version(NOW + MINUTE_MS, { note: "mine, and theirs" });
    const row = resolve(sent, "superseded", theirs);
    expect(row).toMatchObject({ contentHash: theirs.contentHash });
    expect(isPending()).toBe(false);
    expect(device.session.counts).toMatchObject({ conflicts: 0, downloaded: 1 });
    expect(listLostVersions(device.db, 10)).toEqual([]);
    expect(listReplacedVersions(device.db, 10)).toMatchObject([{ winnerHash: theirs.contentHash }]);
  });

  test("is merged where the entry was edited here again meanwhile", () => {
    synced();
    const sent = edit({ note: "mine" });
    edit({ value: 1 }, NOW + 1);
    const theirs = version(NOW + MINUTE_MS, { note: "mine, and theirs" });
    const row = resolve(sent, "superseded", theirs);
    expect(row.entity).toMatchObject({ note: "mine, and theirs", value: 1 });
    expect(isPending()).toBe(true);
    expect(device.session.counts.conflicts).toBe(1);
  });
});

describe("a server that answers with a version which this device itself replaced", () => {
  test("gets the edit again, with a later time than that version", () => {
    synced();
    const sent = edit({ note: "mine" });
    const row = resolve(sent, "stale_base", base);
    expect(row.entity).toMatchObject({ note: "mine" });
    expect(row.updatedAtMs).toBe(base.updatedAtMs + 1);
    expect(isPending()).toBe(true);
    expect(device.session.counts.conflicts).toBe(0);
  });

  test("changes nothing where the entry was edited again meanwhile", () => {
    synced();
    const sent = edit({ note: "first" });
    edit({ note: "second" }, NOW + 1);
    const row = resolve(sent, "stale_base", base);
    expect(row).toMatchObject({ updatedAtMs: NOW + 1, entity: { note: "second" } });
    expect(isPending()).toBe(true);
  });
});

describe("an edit under a clock that is ahead", () => {
  const skewMs = 20 * MINUTE_MS;
  const clock = { serverTimeMs: NOW, skewMs };

  test("takes the time that a right clock would have shown", () => {
    synced();
    const sent = edit({ note: "mine" }, NOW + skewMs - 5 * MINUTE_MS);
    const row = resolve(sent, "clock_skew", null, clock);
    expect(row.updatedAtMs).toBe(NOW - 5 * MINUTE_MS);
    expect(row.entity).toMatchObject({ note: "mine", metadata: { updated_at: "2026-11-22T11:55:00.000Z" } });
    expect(isPending()).toBe(true);
  });

  test("stays later than the version that was edited, but never by more than the server allows", () => {
    for (const [baseMs, expected] of [
      [NOW - 2 * MINUTE_MS, NOW - 2 * MINUTE_MS + 1],
      [NOW + 60 * MINUTE_MS, NOW + MAX_CLOCK_LEAD_MS],
    ] as const) {
      const newer = version(baseMs, { note: "base" });
      storeVersion(device.db, newer, { revision: 1, ackedRevision: 1, base: newer });
      const sent = edit({ note: "mine" }, baseMs);
      const row = resolve(sent, "clock_skew", null, { serverTimeMs: NOW, skewMs: 90 * MINUTE_MS });
      expect(row.updatedAtMs).toBe(expected);
    }
  });

  test("is rejected where the server does not say how late it is", () => {
    synced();
    const sent = edit({ note: "mine" }, NOW + skewMs);
    const row = resolve(sent, "clock_skew", null, null);
    expect(row.updatedAtMs).toBe(NOW + skewMs);
    expect(countPending(device.db, "1")).toEqual({ pending: 1, rejected: 1 });
  });
});

test("what the server finds invalid stays pending, rejected, until it is edited", () => {
  synced();
  const sent = edit({ note: "mine" });
  const row = resolve(sent, "invalid", null);
  expect(row.entity).toMatchObject({ note: "mine" });
  expect(countPending(device.db, "1")).toEqual({ pending: 1, rejected: 1 });
  edit({ note: "another" }, NOW + 1);
  expect(countPending(device.db, "1")).toEqual({ pending: 1, rejected: 0 });
});

test("a conflict of an entry that is gone from this device changes nothing", () => {
  const sent = { ...base, revision: 1, base: null };
  const conflict = { entity_type: "MoodEntry", id: ID, reason: "invalid" } as const;
  resolveConflict(device.session, sent, conflict, null);
  expect(readRow(device.db, "MoodEntry", ID)).toBeNull();
});
