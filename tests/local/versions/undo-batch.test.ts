import { afterEach, beforeEach, expect, test } from "vitest";
import { toEnd } from "../../../src/local/storage/to-end.ts";
import { countLive, readRow } from "../../../src/local/versions/rows.ts";
import { redoLastUndo } from "../../../src/local/versions/undo.ts";
import { listBatches, undoBatch } from "../../../src/local/versions/undo-batch.ts";
import { writeAs } from "../../../src/local/versions/write.ts";
import { openTemporaryStore } from "../../helpers/device/open-store.ts";

/** Several steps of an undo, the last one not full. */
const MOODS = 1_234;
const NOW_MS = Date.UTC(2026, 10, 22, 12);
let store: ReturnType<typeof openTemporaryStore>;

beforeEach(() => {
  store = openTemporaryStore();
  writeAs(store.db, { name: "import", nowMs: NOW_MS }, (writer) => {
    for (let number = 0; number < MOODS; number++) writer.create("MoodEntry", draft(number, 3));
  });
});
afterEach(() => store.remove());

const idOf = (number: number) => `11111111-1111-4111-8111-${String(number).padStart(12, "0")}`;
const draft = (number: number, value: number) => ({
  ...{ id: idOf(number), value, activities: [], note: null, recorded_at: "2026-03-02T21:00:00.000Z" },
});
const undo = (id: number) => undoBatch(store.db, NOW_MS + 1, { name: "import", id });

test("a batch is taken back whole, but for what was edited since", () => {
  writeAs(store.db, { name: "edit", nowMs: NOW_MS }, (writer) => writer.put("MoodEntry", draft(700, 5)));
  const [batch] = listBatches(store.db, "import");
  expect(batch).toMatchObject({ ranAtMs: NOW_MS, changed: { MoodEntry: MOODS, Activity: 0 } });
  expect(toEnd(undo(batch!.id))).toMatchObject({ reverted: { MoodEntry: MOODS - 1 }, kept: 1 });
  expect(countLive(store.db)).toBe(1);
  expect(readRow(store.db, "MoodEntry", idOf(700))?.entity).toMatchObject({ value: 5 });
  expect(listBatches(store.db, "import")).toEqual([]);
  expect(toEnd(undo(batch!.id))).toBeNull();
});

test("a batch that was taken back and done again is taken back again", () => {
  const [batch] = listBatches(store.db, "import");
  toEnd(undo(batch!.id));
  toEnd(redoLastUndo(store.db, NOW_MS + 2));
  writeAs(store.db, { name: "edit", nowMs: NOW_MS + 3 }, (writer) => writer.put("MoodEntry", draft(700, 5)));
  expect(toEnd(undo(batch!.id))).toMatchObject({ reverted: { MoodEntry: MOODS - 1 }, kept: 1 });
  expect(countLive(store.db)).toBe(1);
});

test("an undo that ends between two steps has taken back nothing", () => {
  const [batch] = listBatches(store.db, "import");
  const steps = undo(batch!.id);
  steps.next();
  steps.next();
  expect(countLive(store.db)).toBeLessThan(MOODS);
  expect(() => steps.throw(new Error("ended"))).toThrow("ended");
  expect(countLive(store.db)).toBe(MOODS);
  expect(listBatches(store.db, "import")).toEqual([batch]);
});
