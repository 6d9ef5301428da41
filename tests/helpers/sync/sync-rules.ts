import { randomUUID } from "node:crypto";
import { setImmediate } from "node:timers/promises";
import { describe, expect, test } from "vitest";
import type { Kind } from "../../../server/sync/content.ts";
import type { SyncStore } from "../../../server/sync/store.ts";
import type { Activity } from "../../../src/domain/entities/activity.ts";
import type { AssessmentEntry } from "../../../src/domain/entities/assessment-entry.ts";
import type { Schedule } from "../../../src/domain/entities/schedule.ts";
import { decodeCursor, encodeCursor, START_NONCE } from "../../../src/domain/protocol/cursor.ts";
import { formatUtc } from "../../../src/domain/time/timestamp.ts";
import { type Version, versionToChange } from "../../../src/domain/versions/version.ts";
import { mergeCases } from "./merge-cases.ts";
import { deletion, downloadAll, entityChange, moodChange, type SyncAccount } from "./sync-server.ts";

export interface SyncRulesStore<K extends Kind> {
  storeOf(userId: string): SyncStore<K>;
  newAccount(): Promise<SyncAccount>;
  /** An account as a device sees it whose versions are in that store. */
  accountOn(store: SyncStore<K>, userId: string): SyncAccount;
  /** A version as the store has it. */
  toStored(userId: string, version: Version): K["version"];
  /** Removes the tombstones up to a seq, as a purge does; null where none ever is. */
  purge: ((userId: string, upToSeq: number) => Promise<void>) | null;
  /** Puts the account back to what it was after its first `uploads` uploads, as a restored backup would. */
  restore(userId: string, uploads: number): Promise<void>;
  /** [outcome, note] of every version in history, sorted. */
  history(userId: string): Promise<[string, string | null][]>;
}

/** The clock of the table of merge cases. */
const MERGE_CASE_TIME_MS = Date.UTC(2026, 2, 1);

/** What upload and download promise, whatever holds the versions, and whether or not it can read them. */
export function describeSyncRules<K extends Kind>(
  name: string,
  { readsContent }: { readsContent: boolean },
  open: () => SyncRulesStore<K>,
): void {
  describe(`upload and download on ${name}`, () => {
    test("gives every entity back as it came, with its offset and its unknown fields", async () => {
      const account = await open().newAccount();
      const metadata = {
        created_at: "2026-01-02T03:04:05.678Z",
        updated_at: "2026-01-02T03:04:05.679Z",
        deleted_at: null,
      };
      const changes = [
        entityChange("MoodEntry", {
          id: randomUUID(),
          value: 5,
          activities: [randomUUID(), randomUUID()],
          note: "Ünïcödé \u{1f642} line\nbreak \\ \"quote\" 'single'",
          recorded_at: "2026-03-02T21:00:00.001-09:30",
          metadata: { ...metadata, imported_from: { app: "other", rows: [1, 2.5, null] } } as never,
          weather: { celsius: -3.25, wind: [], calm: true, "a key": "" },
        } as never),
        entityChange("AssessmentEntry", {
          id: randomUUID(),
          assessment_type: "PHQ-9",
          score: 12,
          severity: "moderate",
          taken_at: "1999-12-31T23:59:59.999+14:00",
          answers: [0, null, 3],
          source: "answered",
          difficulty: 0,
          metadata,
        } satisfies AssessmentEntry),
        entityChange("AssessmentEntry", {
          id: randomUUID(),
          assessment_type: "X",
          score: -2_147_483_648,
          severity: "",
          taken_at: "1900-01-01T00:00:00.000Z",
          metadata,
        } satisfies AssessmentEntry),
        entityChange("Activity", {
          id: randomUUID(),
          label: "running",
          color_hex: "#4CAF50",
          icon: "",
          metadata,
        } satisfies Activity),
        entityChange("Schedule", {
          id: randomUUID(),
          assessment_type: "GAD-7",
          frequency: "Biweekly",
          enabled: false,
          next_due_at: null,
          metadata,
        } satisfies Schedule),
        entityChange("Schedule", {
          id: randomUUID(),
          assessment_type: "PHQ-9",
          frequency: "Monthly",
          enabled: true,
          next_due_at: "9999-12-31T23:59:59.999Z",
          anchor_at: "2026-01-31T08:00:00.000+05:45",
          metadata,
        } satisfies Schedule),
      ];
      const answer = await account.upload(changes);
      expect(answer.conflicts).toEqual([]);
      expect(await downloadAll(account)).toEqual(changes);
    });

    test("changes nothing when the same upload comes again", async () => {
      const store = open();
      const account = await store.newAccount();
      const changes = [moodChange({ note: "a" }), moodChange({ note: "b" }), deletion(randomUUID())];
      const first = await account.upload(changes);
      const again = await account.upload(changes, { cursor: first.server_cursor });
      expect(again).toMatchObject({
        server_cursor: first.server_cursor,
        head_cursor: first.head_cursor,
        applied_ids: first.applied_ids,
        conflicts: [],
      });
      expect(await store.history(account.userId)).toEqual([]);
    });

    test("keeps the version that is replaced and the one that loses, each once", async () => {
      const store = open();
      const account = await store.newAccount();
      const id = randomUUID();
      const now = Date.now() - 60_000;
      const first = moodChange({ id, note: "first", updatedAtMs: now });
      const second = moodChange({ id, note: "second", updatedAtMs: now + 1 });
      const lost = moodChange({ id, note: "lost", updatedAtMs: now - 5 });
      const tie = moodChange({ id, note: "tie", updatedAtMs: now + 1 });
      for (const change of [first, second, lost, lost, tie, first]) await account.upload([change]);
      expect(await store.history(account.userId)).toEqual([
        ["lost", "lost"],
        ["lost", "tie"],
        ["replaced", "first"],
      ]);
    });

    test("keeps a version that lost, stood later and is replaced, as replaced", async () => {
      const store = open();
      const account = await store.newAccount();
      const now = Date.now();
      const first = moodChange({ note: "first", updatedAtMs: now - 40_000 });
      const late = moodChange({ id: first.id, note: "late", updatedAtMs: now - 30_000 });
      await account.upload([first]);
      const { conflicts } = await account.upload([{ ...late, base_updated_at: null }]);
      expect(conflicts).toMatchObject([{ reason: "stale_base" }]);
      expect(await store.history(account.userId)).toEqual([["lost", "late"]]);
      await account.upload([{ ...late, base_updated_at: first.updated_at }]);
      await account.upload([moodChange({ id: first.id, note: "last", updatedAtMs: now - 20_000 })]);
      expect(await store.history(account.userId)).toEqual([
        ["replaced", "first"],
        ["replaced", "late"],
      ]);
    });

    test("answers a losing change with the version that stands, and an overwritten one with superseded", async () => {
      const account = await open().newAccount();
      const id = randomUUID();
      const now = Date.now() - 60_000;
      const old = moodChange({ id, note: "old", updatedAtMs: now });
      const standing = moodChange({ id, note: "standing", updatedAtMs: now + 1 });
      await account.upload([old, standing]);
      const { conflicts } = await account.upload([
        old,
        moodChange({ id, note: "older", updatedAtMs: now - 1 }),
        moodChange({ id, note: "tie", updatedAtMs: now + 1 }),
        { ...moodChange({ id, note: "based", updatedAtMs: now + 2 }), base_updated_at: old.updated_at },
      ]);
      expect(conflicts.map(({ reason }) => reason)).toEqual([
        "superseded",
        "server_newer",
        "same_timestamp",
        "stale_base",
      ]);
      for (const conflict of conflicts) expect(conflict.server_change).toEqual(standing);
    });

    test("applies several changes of one entity in a batch in their order", async () => {
      const store = open();
      const account = await store.newAccount();
      const id = randomUUID();
      const now = Date.now() - 60_000;
      const last = moodChange({ id, note: "3", updatedAtMs: now + 3 });
      const answer = await account.upload([
        moodChange({ id, note: "1", updatedAtMs: now + 1 }),
        deletion(id, now + 2),
        last,
        moodChange({ id, note: "0", updatedAtMs: now }),
      ]);
      expect(answer.applied_ids).toEqual([id]);
      expect(answer.conflicts).toMatchObject([{ id, reason: "server_newer", server_change: last }]);
      expect(await downloadAll(account)).toEqual([last]);
      expect(await store.history(account.userId)).toEqual([
        ["lost", "0"],
        ["replaced", "1"],
        ["replaced", null],
      ]);
    });

    test.runIf(readsContent)(
      "rejects what it does not know or cannot read, and takes the rest of the batch",
      async () => {
        const account = await open().newAccount();
        const good = moodChange();
        const unknown = { ...moodChange(), entity_type: "Medication" };
        const invalid = moodChange({}, { value: 6 });
        const ahead = moodChange({ updatedAtMs: Date.now() + 3_600_000 });
        const answer = await account.upload([unknown, invalid, ahead, good]);
        expect(answer.applied_ids).toEqual([good.id]);
        expect(answer.conflicts).toEqual([
          { entity_type: "Medication", id: unknown.id, reason: "unsupported_entity_type" },
          {
            entity_type: "MoodEntry",
            id: invalid.id,
            reason: "invalid",
            detail: "value must be a whole number from 1 to 5",
          },
          { entity_type: "MoodEntry", id: ahead.id, reason: "clock_skew" },
        ]);
      },
    );

    test("keeps a deletion whose entity it has never seen, so that a late older edit stays deleted", async () => {
      const account = await open().newAccount();
      const id = randomUUID();
      const now = Date.now() - 60_000;
      const gone = deletion(id, now);
      expect((await account.upload([gone])).applied_ids).toEqual([id]);
      const late = await account.upload([moodChange({ id, updatedAtMs: now - 1 })]);
      expect(late.conflicts).toMatchObject([{ reason: "server_newer", server_change: gone }]);
      expect(await downloadAll(account)).toEqual([gone]);
    });

    test("gives a cursor that is safe to adopt: the head only to whoever has seen all before it", async () => {
      const account = await open().newAccount();
      const first = await account.upload([moodChange()]);
      expect(first.server_cursor).toBe(first.head_cursor);
      const other = await account.upload([moodChange()], { cursor: null });
      expect(other.head_cursor).not.toBe(first.head_cursor);
      expect(await account.download(other.server_cursor)).toMatchObject({ changes: { length: 2 } });
      const behind = await account.upload([moodChange()], { cursor: first.server_cursor });
      expect(behind.server_cursor).toBe(first.server_cursor);
      const upToDate = await account.upload([moodChange()], { cursor: behind.head_cursor! });
      expect(upToDate.server_cursor).toBe(upToDate.head_cursor);
      expect(await account.download(upToDate.server_cursor)).toMatchObject({ changes: [], has_more: false });
    });

    test.each([1, 2, 6, 7, 8])("pages of %i changes hold all 7 once, in order", async (limit) => {
      const account = await open().newAccount();
      const changes = Array.from({ length: 6 }, () => moodChange());
      const gone = deletion(randomUUID());
      await account.upload([...changes, gone]);
      expect(await downloadAll(account, limit)).toEqual([...changes, gone]);
      const page = await account.download(null, { limit });
      expect(page).toMatchObject({ has_more: limit < 7, deletions_ahead: 1 });
      expect(page.changes).toHaveLength(Math.min(limit, 7));
    });

    test("ends a page at about 4 MiB, and never before its first change", async () => {
      const account = await open().newAccount();
      const note = "\u{1f642}".repeat(10_000);
      for (let batch = 0; batch < 3; batch++) {
        await account.upload(Array.from({ length: 50 }, () => moodChange({ note })));
      }
      const page = await account.download(null);
      expect(page.has_more).toBe(true);
      expect(JSON.stringify(page).length).toBeGreaterThan(1024 * 1024);
      expect(Buffer.byteLength(JSON.stringify(page))).toBeLessThan(4.5 * 1024 * 1024);
      expect(await downloadAll(account)).toHaveLength(150);
    });

    test("downloads an entity that changed during a full download in its newest version", async () => {
      const account = await open().newAccount();
      const now = Date.now() - 60_000;
      const [a, b] = [moodChange({ updatedAtMs: now }), moodChange({ updatedAtMs: now })];
      await account.upload([a, b]);
      const page = await account.download(null, { limit: 1 });
      const newer = moodChange({ id: a.id, note: "newer", updatedAtMs: now + 1 });
      await account.upload([newer]);
      const rest = await account.download(page.server_cursor);
      expect(rest.changes).toEqual([b, newer]);
    });

    test("refuses a cursor that it did not write", async () => {
      const account = await open().newAccount();
      const other = await open().newAccount();
      const foreign = (await other.upload([moodChange()])).server_cursor;
      const own = (await account.upload([moodChange()])).server_cursor;
      const ahead = encodeCursor({ ...decodeCursor(own)!, seq: 99 });
      const wrongStart = encodeCursor({ seq: 0, nonce: "f".repeat(32), startHorizon: null });
      for (const cursor of [foreign, ahead, wrongStart, "garbage", `${own}x!`]) {
        expect(await account.downloadRefusal(cursor)).toBe("unknown_cursor");
        expect(await account.downloadRefusal(own, { seen: cursor })).toBe("unknown_cursor");
        expect(await account.uploadRefusal([moodChange()], { cursor })).toBe("unknown_cursor");
        expect(await account.uploadRefusal([moodChange()], { cursor: own, seen: cursor })).toBe(
          "unknown_cursor",
        );
      }
      expect(await downloadAll(account)).toHaveLength(1);
      expect(await account.download("")).toMatchObject({ changes: { length: 1 } });
    });

    test("notices that it was restored from a backup, also when new uploads have come since", async () => {
      const store = open();
      const account = await store.newAccount();
      const kept = (await account.upload([moodChange()])).server_cursor;
      const lost = (await account.upload([moodChange()], { cursor: kept })).server_cursor;
      await store.restore(account.userId, 1);
      await account.upload([moodChange(), moodChange()]);
      expect(await account.downloadRefusal(lost)).toBe("unknown_cursor");
      expect(await account.downloadRefusal(kept, { seen: lost })).toBe("unknown_cursor");
      expect(await account.download(kept)).toMatchObject({ changes: { length: 2 } });
    });

    test.runIf(readsContent)(
      "sends away a cursor that a purge has passed, but not a full download that began after it",
      async () => {
        const store = open();
        const account = await store.newAccount();
        const start = encodeCursor({ seq: 0, nonce: START_NONCE, startHorizon: null });
        const before = (await account.upload([moodChange()])).server_cursor;
        await account.upload([deletion(randomUUID())]);
        const head = (await account.upload([moodChange(), moodChange()])).head_cursor!;
        const oldDownload = (await account.download(null, { limit: 1 })).server_cursor;
        await store.purge!(account.userId, 2);

        expect(await account.downloadRefusal(before)).toBe("cursor_expired");
        expect(await account.downloadRefusal(start)).toBe("cursor_expired");
        expect(await account.downloadRefusal(oldDownload)).toBe("cursor_expired");
        expect(await account.uploadRefusal([moodChange()], { cursor: before })).toBe("cursor_expired");
        expect(await account.download(head, { seen: before })).toMatchObject({ changes: [] });
        const begun = await account.download(null, { limit: 1 });
        expect((await account.download(begun.server_cursor)).changes).toHaveLength(2);
      },
    );

    test("loses nothing of eight devices that upload at the same time", async () => {
      const account = await open().newAccount();
      const batches = Array.from({ length: 8 }, () =>
        Array.from({ length: 5 }, () => [moodChange(), moodChange()]),
      );
      await Promise.all(
        batches.map(async (uploads) => {
          for (const changes of uploads) await account.upload(changes, { deviceId: randomUUID() });
        }),
      );
      const ids = (await downloadAll(account)).map(({ id }) => id).sort();
      expect(ids).toEqual(
        batches
          .flat(2)
          .map(({ id }) => id)
          .sort(),
      );
    });

    test("gives a device that downloads while others upload every change once", async () => {
      const account = await open().newAccount();
      const writers = Array.from({ length: 4 }, async () => {
        for (let i = 0; i < 10; i++) await account.upload([moodChange()]);
      });
      const seen: string[] = [];
      let since: string | null = null;
      let writing = true;
      const all = Promise.all(writers).then(() => {
        writing = false;
      });
      for (;;) {
        await setImmediate();
        const finished = !writing;
        const page = await account.download(since, { limit: 3 });
        seen.push(...page.changes.map(({ id }) => id));
        since = page.server_cursor;
        if (finished && !page.has_more) break;
      }
      await all;
      expect(seen).toHaveLength(40);
      expect(new Set(seen).size).toBe(40);
    });

    test.each(mergeCases(MERGE_CASE_TIME_MS))("merges by the table: $name", async (row) => {
      const { newAccount, storeOf, accountOn, toStored } = open();
      const { userId } = await newAccount();
      const store = storeOf(userId);
      const atFixedTime: SyncStore<K> = {
        ...store,
        readForUpload: async (user, asked) => ({
          ...(await store.readForUpload(user, asked)),
          serverTimeMs: MERGE_CASE_TIME_MS,
        }),
      };
      const deviceId = randomUUID();
      await store.commitUpload(userId, {
        deviceId,
        keyId: null,
        readSeq: 0,
        readBytes: 0,
        newBytes: 0,
        newSeq: row.stored ? 1 : 0,
        nonce: "e".repeat(32),
        stored: row.stored
          ? [{ ...toStored(userId, row.stored), seq: 1, deviceId, storedAtMs: null, bytes: 200 }]
          : [],
        history: row.wasReplaced
          ? [
              {
                version: toStored(userId, row.change),
                outcome: "replaced",
                deviceId,
                storedAtMs: null,
                bytes: 200,
              },
            ]
          : [],
        appliedCount: 0,
        conflictCount: 0,
      });
      const base =
        typeof row.baseUpdatedAtMs === "number" ? formatUtc(row.baseUpdatedAtMs) : row.baseUpdatedAtMs;
      const account = accountOn(atFixedTime, userId);
      const before = await account.download(null);
      const answer = await account.upload([
        { ...versionToChange(row.change), ...(base === undefined ? {} : { base_updated_at: base }) },
      ]);
      const standing = row.stands === "change" ? row.change : row.stored;
      const applied = answer.head_cursor === before.server_cursor ? "unchanged" : "applied";
      expect(answer.conflicts[0]?.reason ?? applied).toBe(row.upload);
      expect(await downloadAll(account)).toEqual(standing ? [versionToChange(standing)] : []);
    });

    test("keeps accounts apart that hold the same ids", async () => {
      const store = open();
      const [mine, theirs] = [await store.newAccount(), await store.newAccount()];
      const id = randomUUID();
      const now = Date.now() - 60_000;
      const mineChange = moodChange({ id, note: "mine", updatedAtMs: now });
      const theirsChange = moodChange({ id, note: "theirs", updatedAtMs: now + 1 });
      await theirs.upload([theirsChange]);
      expect((await mine.upload([mineChange])).conflicts).toEqual([]);
      expect(await downloadAll(mine)).toEqual([mineChange]);
      expect(await downloadAll(theirs)).toEqual([theirsChange]);
      expect(await store.history(mine.userId)).toEqual([]);
    });
  });
}
