import { afterEach, beforeEach, expect, test } from "vitest";
import { listHistory } from "../../../src/local/versions/history.ts";
import { isPending, readRow } from "../../../src/local/versions/rows.ts";
import { writeAs } from "../../../src/local/versions/write.ts";
import { openTemporaryStore } from "../../helpers/device/open-store.ts";

const ID = "11111111-1111-4111-8111-111111111111";
const DRAFT = {
  id: ID,
  value: 3,
  activities: [],
  note: "first",
  recorded_at: "2026-03-02T21:00:00.000+05:45",
};
const NOW = Date.UTC(2026, 10, 22, 12);
let store: ReturnType<typeof openTemporaryStore>;

beforeEach(() => {
  store = openTemporaryStore();
});
afterEach(() => store.remove());

function put(draft: object, nowMs: number) {
  return writeAs(store.db, { name: "test", nowMs }, (writer) =>
    writer.put("MoodEntry", { ...DRAFT, ...draft } as typeof DRAFT),
  );
}

test("an entity comes back as it was stored, offset and unknown fields included", () => {
  const stored = put({ from_a_newer_device: { a: [1.5, "🏃"] }, metadata: { by: "x" } }, NOW);
  expect(readRow(store.db, "MoodEntry", ID)?.entity).toEqual(stored);
  expect(stored).toMatchObject({
    recorded_at: "2026-03-02T21:00:00.000+05:45",
    from_a_newer_device: { a: [1.5, "🏃"] },
    metadata: { by: "x", created_at: "2026-11-22T12:00:00.000Z" },
  });
});

test.each([
  { value: 9 },
  { activities: Array.from({ length: 150 }, () => ID) },
  { note: "half \ud800" },
  { recorded_at: "2026-02-30T00:00:00Z" },
  { from_a_newer_device: "\u0000" },
])("what no server would take is refused, and nothing is stored: %j", (draft) => {
  expect(() => put(draft, NOW)).toThrow(expect.objectContaining({ code: "invalid_input" }));
  expect(readRow(store.db, "MoodEntry", ID)).toBeNull();
});

test("an edit wins over what its user saw although the clock went back", () => {
  put({}, NOW);
  const edited = put({ note: "second" }, NOW - 3_600_000);
  expect(edited.metadata.updated_at).toBe("2026-11-22T12:00:00.001Z");
});

test("every replaced version is in history", () => {
  put({}, NOW);
  put({ note: "second" }, NOW + 1);
  writeAs(store.db, { name: "test", nowMs: NOW + 2 }, (writer) => writer.remove("MoodEntry", ID));
  const notes = listHistory(store.db, "MoodEntry", ID).map(
    ({ content }) => (content as { note?: string } | null)?.note,
  );
  expect(notes).toEqual(["second", "first"]);
});

test("a deleted entity is a tombstone that keeps what it held, pending like any edit", () => {
  put({}, NOW);
  writeAs(store.db, { name: "test", nowMs: NOW + 2 }, (writer) => writer.remove("MoodEntry", ID));
  const row = readRow(store.db, "MoodEntry", ID)!;
  expect(row).toMatchObject({
    deleted: true,
    entity: null,
    updatedAtMs: NOW + 2,
    content: { note: "first" },
  });
  expect(isPending(row)).toBe(true);
});

test("a command that fails in the middle changes nothing", () => {
  put({}, NOW);
  expect(() =>
    writeAs(store.db, { name: "test", nowMs: NOW + 1 }, (writer) => {
      writer.put("MoodEntry", { ...DRAFT, note: "half" });
      throw new Error("stopped");
    }),
  ).toThrow("stopped");
  expect(readRow(store.db, "MoodEntry", ID)?.entity).toMatchObject({ note: "first" });
  expect(listHistory(store.db, "MoodEntry", ID)).toEqual([]);
});

test("one mood can be stored several times by one command, and search finds what stands", () => {
  writeAs(store.db, { name: "test", nowMs: NOW }, (writer) => {
    writer.put("MoodEntry", { ...DRAFT, note: "lake" });
    writer.put("MoodEntry", { ...DRAFT, note: "river" });
    writer.put("MoodEntry", { ...DRAFT, note: "mountain" });
  });
  const found = (word: string) => [...store.db.prepare("select rowid from mood_search(?)").all(word)].length;
  expect([found("lake"), found("river"), found("mountain")]).toEqual([0, 0, 1]);
});

test("what a command creates is as what it puts, also where it edits that at once, and is remembered as its own", () => {
  const other = "22222222-2222-4222-8222-222222222222";
  const changes = "select id, before_hash, after_hash from command_changes order by command_id, id";
  writeAs(store.db, { name: "before", nowMs: NOW }, (writer) =>
    writer.put("MoodEntry", { ...DRAFT, id: other }),
  );
  const before = store.db.prepare(changes).all();
  writeAs(store.db, { name: "test", nowMs: NOW }, (writer) => {
    writer.create("MoodEntry", { ...DRAFT, note: "made" });
    writer.put("MoodEntry", DRAFT);
  });
  const row = readRow(store.db, "MoodEntry", ID)!;
  expect(row.entity).toMatchObject({ note: "first", metadata: { created_at: "2026-11-22T12:00:00.000Z" } });
  expect(isPending(row)).toBe(true);
  expect(store.db.prepare(changes).all()).toEqual([
    ...before,
    { id: ID, before_hash: null, after_hash: row.contentHash },
  ]);
});

test("nothing is created over what is there, not even over a deleted entity, and nothing that no server would take", () => {
  put({}, NOW);
  writeAs(store.db, { name: "test", nowMs: NOW }, (writer) => writer.remove("MoodEntry", ID));
  const create = (draft: object) =>
    writeAs(store.db, { name: "test", nowMs: NOW }, (writer) =>
      writer.create("MoodEntry", { ...DRAFT, ...draft } as typeof DRAFT),
    );
  expect(() => create({})).toThrow();
  expect(() => create({ id: "22222222-2222-4222-8222-222222222222", value: 9 })).toThrow(
    expect.objectContaining({ code: "invalid_input" }),
  );
  expect(store.db.prepare("select count(*) from commands").pluck().get()).toBe(2);
  expect(readRow(store.db, "MoodEntry", ID)!.deleted).toBe(true);
});
