import { afterEach, beforeEach, expect, test } from "vitest";
import type { MoodEntry } from "../../../src/domain/entities/mood-entry.ts";
import { toEnd } from "../../../src/local/storage/to-end.ts";
import type { RevertedChange } from "../../../src/local/versions/revert-command.ts";
import { countLive, readRow } from "../../../src/local/versions/rows.ts";
import {
  lastUndoable,
  redoLastUndo,
  type Undone,
  undoLastCommand,
  undoLastCommands,
} from "../../../src/local/versions/undo.ts";
import { type Writer, writeAs } from "../../../src/local/versions/write.ts";
import { openTemporaryStore } from "../../helpers/device/open-store.ts";

const ID = "11111111-1111-4111-8111-111111111111";
const DRAFT = { id: ID, value: 3, activities: [], note: "first", recorded_at: "2026-03-02T21:00:00.000Z" };
let store: ReturnType<typeof openTemporaryStore>;
let nowMs: number;

beforeEach(() => {
  store = openTemporaryStore();
  nowMs = Date.UTC(2026, 10, 22, 12);
});
afterEach(() => store.remove());

function put(changes: Partial<MoodEntry>): void {
  const { metadata: _, ...standing } = (readRow(store.db, "MoodEntry", ID)?.entity as MoodEntry) ?? DRAFT;
  writeAs(store.db, { name: "edit", nowMs: ++nowMs }, (writer) =>
    writer.put("MoodEntry", { ...standing, ...changes }),
  );
}

/** As if sync had brought it: no command of this device made it. */
function fromAnotherDevice(write: (writer: Writer) => void): void {
  writeAs(store.db, { name: "edit", nowMs: ++nowMs }, write);
  store.db.exec("delete from command_changes where command_id = (select max(id) from commands)");
}

const undo = () => withChanges((options) => undoLastCommand(store.db, ++nowMs, options));
const redo = () => withChanges((options) => redoLastUndo(store.db, ++nowMs, options));

type Revert = (options: { onReverted(change: RevertedChange): void }) => Generator<void, Undone | null>;

function withChanges(steps: Revert): (Undone & { changes: RevertedChange[] }) | null {
  const changes: RevertedChange[] = [];
  const undone = toEnd(steps({ onReverted: (change) => changes.push(change) }));
  return undone && { ...undone, changes };
}

const entity = () => readRow(store.db, "MoodEntry", ID)?.entity;

test("each undo takes back one command more, until none is left", () => {
  put({});
  put({ value: 4 });
  put({ note: "second" });
  expect(undo()?.changes).toMatchObject([{ before: { note: "second" }, after: { note: "first", value: 4 } }]);
  expect(undo()?.changes).toMatchObject([{ before: { value: 4 }, after: { value: 3 } }]);
  expect(undo()?.changes).toMatchObject([{ after: null }]);
  expect(undo()).toBeNull();
});

test("a delete is undone with what it deleted", () => {
  put({});
  writeAs(store.db, { name: "delete", nowMs: ++nowMs }, (writer) => writer.remove("MoodEntry", ID));
  undo();
  expect(entity()).toMatchObject({ note: "first" });
});

test("an undo is a new edit, so that it wins on other devices too", () => {
  put({});
  put({ value: 4 });
  const edited = readRow(store.db, "MoodEntry", ID)!;
  undo();
  const undone = readRow(store.db, "MoodEntry", ID)!;
  expect(undone.updatedAtMs).toBeGreaterThan(edited.updatedAtMs);
  expect(undone.revision).toBe(edited.revision + 1);
});

test("what came in between in another field stays", () => {
  put({});
  put({ value: 4 });
  const afterCommand = readRow(store.db, "MoodEntry", ID)!;
  fromAnotherDevice((writer) => writer.put("MoodEntry", { ...DRAFT, value: 4, note: "from another device" }));
  expect(afterCommand.entity).toMatchObject({ value: 4 });
  undo();
  expect(entity()).toMatchObject({ value: 3, note: "from another device" });
});

test("what another device has deleted since stays deleted", () => {
  put({});
  put({ value: 4 });
  fromAnotherDevice((writer) => writer.remove("MoodEntry", ID));
  expect(undo()?.changes).toMatchObject([{ before: null, after: null }]);
  expect(entity()).toBeNull();
});

test("what another device has brought back since stays as it is", () => {
  put({});
  writeAs(store.db, { name: "delete", nowMs: ++nowMs }, (writer) => writer.remove("MoodEntry", ID));
  fromAnotherDevice((writer) => writer.put("MoodEntry", { ...DRAFT, value: 5 }));
  expect(undo()?.changes).toMatchObject([{ before: { value: 5 }, after: { value: 5 } }]);
  expect(entity()).toMatchObject({ value: 5 });
});

test("redo brings back what several undos took, the last first, and all of it can be undone again", () => {
  put({});
  put({ value: 4 });
  put({ note: "second" });
  for (let undone = 0; undone < 3; undone++) undo();
  expect(entity()).toBeNull();
  expect(redo()?.changes).toMatchObject([{ before: null, after: { value: 3, note: "first" } }]);
  expect(redo()?.changes).toMatchObject([{ before: { value: 3 }, after: { value: 4 } }]);
  expect(redo()?.changes).toMatchObject([{ after: { note: "second", value: 4 } }]);
  expect(redo()).toBeNull();
  expect(undo()?.changes).toMatchObject([{ after: { note: "first", value: 4 } }]);
  expect(undo()?.changes).toMatchObject([{ after: { value: 3 } }]);
  expect(redo()?.changes).toMatchObject([{ after: { value: 4, note: "first" } }]);
});

test("after another change there is nothing to redo", () => {
  put({});
  put({ value: 4 });
  undo();
  put({ note: "second" });
  expect(redo()).toBeNull();
  undo();
  expect(redo()?.changes).toMatchObject([{ after: { note: "second", value: 3 } }]);
  expect(redo()).toBeNull();
});

test("a redo names the command that is done again, and when that ran", () => {
  put({});
  const ranAtMs = nowMs;
  expect(undo()).toMatchObject({ command: "edit", ranAtMs });
  expect(redo()).toMatchObject({ command: "edit", ranAtMs });
});

test("a deletion that was taken back is done again", () => {
  put({});
  writeAs(store.db, { name: "delete", nowMs: ++nowMs }, (writer) => writer.remove("MoodEntry", ID));
  undo();
  expect(redo()?.changes).toMatchObject([{ before: { value: 3 }, after: null }]);
});

test("several commands are taken back together, or none of them where another came between", () => {
  const putAs = (changes: Partial<MoodEntry>) => {
    put(changes);
    return lastUndoable(store.db)!.id;
  };
  const first = putAs({});
  const second = putAs({ value: 4 });
  const other = putAs({ note: "second" });
  expect(undoLastCommands(store.db, ++nowMs, [first, second])).toBe(false);
  expect(undoLastCommands(store.db, ++nowMs, [first, other])).toBe(false);
  expect(entity()).toMatchObject({ value: 4, note: "second" });
  undo();
  expect(undoLastCommands(store.db, ++nowMs, [first, second, other])).toBe(false);
  expect(entity()).toMatchObject({ value: 4, note: "first" });
  expect(undoLastCommands(store.db, ++nowMs, [first, second])).toBe(true);
  expect(entity()).toBeNull();
});

test("an undo of what somebody was asked about undoes nothing else", () => {
  put({});
  const { id } = lastUndoable(store.db)!;
  put({ value: 4 });
  expect(() => toEnd(undoLastCommand(store.db, ++nowMs, { expected: id }))).toThrow(
    "Something else was changed in the meantime",
  );
  expect(entity()).toMatchObject({ value: 4 });
});

/** Several steps of an undo, the last one not full. */
const MOODS = 1_234;
const MOST_AT_ONCE = 500;

function createMany(): void {
  const idOf = (number: number) => `22222222-2222-4222-8222-${String(number).padStart(12, "0")}`;
  writeAs(store.db, { name: "import", nowMs: ++nowMs }, (writer) => {
    for (let number = 0; number < MOODS; number++) writer.create("MoodEntry", { ...DRAFT, id: idOf(number) });
  });
}

const undoCommand: Revert = (options) => undoLastCommand(store.db, ++nowMs, options);
const redoCommand: Revert = (options) => redoLastUndo(store.db, ++nowMs, options);

test("what changed much is undone and done again in steps", () => {
  createMany();
  for (const [revert, left] of [
    [undoCommand, 0],
    [redoCommand, MOODS],
  ] as const) {
    let ofStep = 0;
    let count = 0;
    const onReverted = () => {
      count += 1;
      ofStep += 1;
    };
    for (const _ of revert({ onReverted })) {
      expect(ofStep).toBeLessThanOrEqual(MOST_AT_ONCE);
      ofStep = 0;
    }
    expect([count, countLive(store.db)]).toEqual([MOODS, left]);
  }
});

test("an undo or a redo that ends between two steps has changed nothing", () => {
  createMany();
  for (const [revert, left] of [
    [undoCommand, MOODS],
    [redoCommand, 0],
  ] as const) {
    const steps = revert({ onReverted: () => {} });
    steps.next();
    steps.next();
    expect(countLive(store.db)).not.toBe(left);
    expect(() => steps.throw(new Error("ended"))).toThrow("ended");
    expect(countLive(store.db)).toBe(left);
    toEnd(revert({ onReverted: () => {} }));
  }
  expect(countLive(store.db)).toBe(MOODS);
});
