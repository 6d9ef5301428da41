import { randomUUID } from "node:crypto";
import fc from "fast-check";
import { afterAll, beforeAll, beforeEach, expect, test } from "vitest";
import { download } from "../../../server/sync/download.ts";
import { upload } from "../../../server/sync/upload.ts";
import type { MoodEntry } from "../../../src/domain/entities/mood-entry.ts";
import { toEnd } from "../../../src/local/storage/to-end.ts";
import type { RevertedChange } from "../../../src/local/versions/revert-command.ts";
import { readRow } from "../../../src/local/versions/rows.ts";
import { undoLastCommand } from "../../../src/local/versions/undo.ts";
import { writeAs } from "../../../src/local/versions/write.ts";
import { syncOnce } from "../../../src/sync/exchange/sync-once.ts";
import type { SyncTransport } from "../../../src/sync/exchange/transport.ts";
import { openSyncSession } from "../../helpers/sync/sync-session.ts";
import { createMemoryStore } from "../../simulation/memory-store.ts";

const START_MS = Date.UTC(2026, 10, 22, 12);

type Edit = "add" | "replace" | "drop";
interface Step {
  do: Edit | "undo" | "sync";
  device: number;
}

/** Two devices of one account in this process, whose clocks go on by a second with every step, and one mood entry. */
function openWorld() {
  let id = "";
  let nowMs = START_MS;
  let nonces = 0;
  const store = createMemoryStore(() => nowMs);
  const user = randomUUID();
  const context = { store, newNonce: () => String(++nonces).padStart(32, "0"), pause: async () => {} };
  const transport: SyncTransport = {
    async upload(request) {
      const outcome = await upload(context, user, request);
      if (outcome.status !== "accepted") throw new Error(outcome.status);
      return { status: "ok", response: outcome.response };
    },
    async download(request) {
      const outcome = await download(context, user, request);
      if (outcome.status !== "page") throw new Error(outcome.status);
      return { status: "ok", response: outcome.response };
    },
  };
  const devices = [0, 1].map(() => openSyncSession({ nowMs: () => nowMs, transport }));
  const entity = (device: number) =>
    readRow(devices[device]!.db, "MoodEntry", id)?.entity as MoodEntry | undefined;
  const account = {
    /** Another entry, which both devices have seen. */
    async begin() {
      id = randomUUID();
      account.put(0, {});
      await account.sync(0);
      await account.sync(1);
    },
    note: (device: number) => entity(device)?.note,
    put(device: number, changes: Partial<MoodEntry>) {
      nowMs += 1000;
      const first = {
        id,
        value: 3,
        activities: [],
        note: "one",
        recorded_at: "2026-03-02T21:00:00.000Z",
      };
      const { metadata: _, ...standing } = entity(device) ?? { ...first, metadata: null };
      writeAs(devices[device]!.db, { name: "edit", nowMs }, (writer) =>
        writer.put("MoodEntry", { ...standing, ...changes }),
      );
    },
    undo(device: number) {
      nowMs += 1000;
      const changes: RevertedChange[] = [];
      const onReverted = (change: RevertedChange) => changes.push(change);
      toEnd(undoLastCommand(devices[device]!.db, nowMs, { onReverted }));
      return changes;
    },
    sync(device: number) {
      nowMs += 1000;
      return syncOnce(devices[device]!.session);
    },
    close() {
      for (const { remove } of devices) remove();
    },
  };
  return account;
}

let account: ReturnType<typeof openWorld>;
beforeAll(() => {
  account = openWorld();
});
beforeEach(() => account.begin());
afterAll(() => account.close());

const device = fc.nat(1);
const step: fc.Arbitrary<Step> = fc.oneof(
  {
    weight: 4,
    arbitrary: fc.record({
      do: fc.constantFrom("add" as const, "replace" as const, "drop" as const),
      device,
    }),
  },
  { weight: 3, arbitrary: fc.record({ do: fc.constantFrom("sync" as const, "undo" as const), device }) },
);

/** A new paragraph has a word of its own, so that no note is like another by chance. */
function edited(note: string | null | undefined, { do: how }: Step, word: string): string | null {
  const paragraphs = note ? note.split("\n\n") : [];
  const changed = { add: [...paragraphs, word], replace: [word], drop: paragraphs.slice(1) }[how as Edit];
  return changed.length === 0 ? null : changed.join("\n\n");
}

test("no undo makes a note that no device wrote and no sync merged", async () => {
  await fc.assert(
    fc.asyncProperty(fc.array(step, { minLength: 4, maxLength: 12, size: "max" }), async (steps) => {
      await account.begin();
      const known = new Set<string | null | undefined>([undefined, null, account.note(0)]);
      for (const [at, taken] of steps.entries()) {
        const { device } = taken;
        if (taken.do === "sync") await account.sync(device);
        else if (taken.do !== "undo")
          account.put(device, { note: edited(account.note(device), taken, `word ${at}`) });
        else {
          account.undo(device);
          expect(known).toContain(account.note(device));
        }
        known.add(account.note(device));
      }
    }),
    { numRuns: 40 },
  );
});

test("undoing the last of several edits takes back that one alone, where the other device left the note as it was", async () => {
  account.put(1, { value: 5 });
  await account.sync(1);
  account.put(0, { note: "one\n\ntwo" });
  account.put(0, { note: "one\n\ntwo\n\nthree" });
  await account.sync(0);
  account.undo(0);
  expect(account.note(0)).toBe("one\n\ntwo");
  account.undo(0);
  expect(account.note(0)).toBe("one");
});

test("a note that another device went on writing stays, and an undo that changes nothing writes nothing", async () => {
  account.put(0, { note: "one\n\ntwo" });
  await account.sync(0);
  await account.sync(1);
  account.put(1, { note: "one\n\ntwo\n\nthree" });
  await account.sync(1);
  await account.sync(0);
  const [undone] = account.undo(0);
  expect(account.note(0)).toBe("one\n\ntwo\n\nthree");
  expect(undone!.after).toBe(undone!.before);
});
