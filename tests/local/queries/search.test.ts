import { readFileSync } from "node:fs";
import fc from "fast-check";
import { afterEach, beforeEach, expect, test } from "vitest";
import { download } from "../../../server/sync/download.ts";
import { upload } from "../../../server/sync/upload.ts";
import type { Activity } from "../../../src/domain/entities/activity.ts";
import type { EntityType } from "../../../src/domain/entities/entity-type.ts";
import type { MoodEntry } from "../../../src/domain/entities/mood-entry.ts";
import { MoodsyncError } from "../../../src/domain/moodsync-error.ts";
import { addActivity } from "../../../src/entries/activities.ts";
import { deleteEntries } from "../../../src/entries/delete-entries.ts";
import { editEntry } from "../../../src/entries/edit-entry.ts";
import type { Entries } from "../../../src/entries/entries.ts";
import { logAssessment } from "../../../src/entries/log-assessment.ts";
import { logMood, logMoods } from "../../../src/entries/log-mood.ts";
import { mergeActivities } from "../../../src/entries/merge-activities.ts";
import { restoreEntry } from "../../../src/entries/restore-entry.ts";
import { undoLast } from "../../../src/entries/undo-last.ts";
import { activitiesById } from "../../../src/local/queries/activities.ts";
import { not } from "../../../src/local/queries/condition.ts";
import { listRows } from "../../../src/local/queries/list-rows.ts";
import { namesActivity, searchCondition } from "../../../src/local/queries/search.ts";
import { openDatabase, transaction } from "../../../src/local/storage/database.ts";
import { toEnd } from "../../../src/local/storage/to-end.ts";
import { syncOnce } from "../../../src/sync/exchange/sync-once.ts";
import type { SyncTransport } from "../../../src/sync/exchange/transport.ts";
import { openTemporaryStore } from "../../helpers/device/open-store.ts";
import { openSyncSession } from "../../helpers/sync/sync-session.ts";
import { createMemoryStore } from "../../simulation/memory-store.ts";

const USER = "5b2a4b6e-7a55-4c9b-9a64-0c5ab1d3a8c1";
let store: ReturnType<typeof openTemporaryStore>;
let entries: Entries;
beforeEach(() => {
  store = openTemporaryStore();
  entries = { db: store.db, nowMs: Date.UTC(2026, 10, 22), zone: () => 0 };
});
afterEach(() => store.remove());

function idsFound(db: Entries["db"], entityType: EntityType, text: string, deleted = false): string[] {
  const where = searchCondition(db, entityType, text, { deleted });
  return listRows(db, entityType, { where, deleted })
    .map(({ id }) => id)
    .sort();
}

/** Numbers of the moods that are found, in the order in which they were logged. */
function found(text: string, moods: readonly MoodEntry[]): number[] {
  const ids = idsFound(entries.db, "MoodEntry", text);
  return moods.flatMap(({ id }, at) => (ids.includes(id) ? [at] : []));
}

const log = (note: string | null, ...labels: string[]) =>
  logMood(entries, { value: 3, note, activities: { labels, createSimilar: true } }).mood;

test("words are found by their beginning, in any order, without case and diacritics", () => {
  const moods = [log("Café at the LAKE"), log("cafeteria"), log("la ke"), log("Straße, 5 km")];
  expect(found("lake cafe", moods)).toEqual([0]);
  expect(found("CAFÉ", moods)).toEqual([0, 1]);
  expect(found("cafe\u0301", moods)).toEqual([0, 1]);
  expect(found("la", moods)).toEqual([0, 2]);
  expect(found("ake", moods)).toEqual([]);
  expect(found("straße 5", moods)).toEqual([3]);
});

test("a mood has the words of its note and of its activities' labels together", () => {
  const moods = [log("by the lake", "Running"), log("by the lake"), log(null, "running", "swim")];
  expect(found("lake run", moods)).toEqual([0]);
  expect(found("run swim", moods)).toEqual([2]);
  expect(found("running", moods)).toEqual([0, 2]);
});

test("another label, and the label of what an activity was merged into, is found for all its moods", () => {
  const moods = [log(null, "jogging"), log(null, "run")];
  const activity = (at: number) => moods[at]!.activities[0]!;
  editEntry(entries, { entityType: "Activity", id: activity(0) }, { label: "footing" });
  expect([found("jog", moods), found("foot", moods)]).toEqual([[], [0]]);
  mergeActivities(entries, { fromId: activity(0), intoId: activity(1) });
  expect([found("foot", moods), found("run", moods)]).toEqual([[], [0, 1]]);
  toEnd(undoLast(entries));
  expect(found("foot", moods)).toEqual([0]);
});

test("the label of a deleted activity is still found for the moods that name it", () => {
  const moods = [log(null, "jogging")];
  deleteEntries(entries, [{ entityType: "Activity", id: moods[0]!.activities[0]! }]);
  expect(found("jog", moods)).toEqual([0]);
});

test("what is no mood is found by its name", () => {
  const phq = logAssessment(entries, { assessment_type: "PHQ-9", score: 1 }).assessment.id;
  const reading = addActivity(entries, { label: "quiet Reading" }).id;
  expect(idsFound(entries.db, "AssessmentEntry", "9 phq")).toEqual([phq]);
  expect(idsFound(entries.db, "AssessmentEntry", "gad")).toEqual([]);
  expect(idsFound(entries.db, "Activity", "read")).toEqual([reading]);
});

test("deleted moods are found where they are asked for", () => {
  const [kept, gone] = [log("lake"), log("by the Lake", "run")];
  deleteEntries(entries, [{ entityType: "MoodEntry", id: gone.id }]);
  expect(idsFound(entries.db, "MoodEntry", "lake")).toEqual([kept.id]);
  expect(idsFound(entries.db, "MoodEntry", "lake", true)).toEqual([kept.id, gone.id].sort());
  expect(idsFound(entries.db, "MoodEntry", "run lake", true)).toEqual([gone.id]);
});

test("nothing of a deleted or replaced note is left in the index", () => {
  const words = () => {
    entries.db.exec("create virtual table temp.words using fts5vocab (main, mood_search, row)");
    const terms = entries.db.prepare("select term from temp.words").pluck().all();
    entries.db.exec("drop table temp.words");
    return terms;
  };
  const [secret, changed] = [log("unspeakable"), log("unwanted")];
  expect(words()).toEqual(["unspeakable", "unwanted"]);
  deleteEntries(entries, [{ entityType: "MoodEntry", id: secret.id }]);
  editEntry(entries, { entityType: "MoodEntry", id: changed.id }, { note: "calm" });
  expect(words()).toEqual(["calm"]);
  store.db.exec(
    "delete from entity_history; update mood_entries set note = null where deleted_at is not null",
  );
  store.db.pragma("wal_checkpoint(truncate)");
  const bytes = readFileSync(store.db.name).toString("latin1");
  expect(bytes).not.toContain("unspeakable");
  expect(bytes).not.toContain("unwanted");
});

test.each([
  ['"lake"', [0]],
  ['"', []],
  ["lake*", [0]],
  ["*", []],
  ["lake AND sun", []],
  ["lake OR sun", []],
  ["NOT lake", []],
  ["NEAR(lake sun)", []],
  ["note:lake", []],
  ["lake^2", []],
  ["(lake", [0]],
  ["lake\u0000", [0]],
  ["\ud800lake", [0]],
  ["'; drop table mood_entries; --", []],
  ["{note} : lake", []],
  ["🎉", []],
  ["", [0, 1]],
  ["  ", [0, 1]],
])("%j is text and no query language", (text, expected) => {
  expect(found(text, [log("by the lake"), log("sunny")])).toEqual(expected);
});

test("a search of a megabyte, or of more words than anything holds, is none too many", () => {
  const moods = [log(Array.from({ length: 1_500 }, (_, n) => `w${n}x`).join(" "))];
  expect(found("lake ".repeat(200_000), moods)).toEqual([]);
  expect(found(Array.from({ length: 100_000 }, (_, n) => `w${n}x`).join(" "), moods)).toEqual([]);
  expect(found(Array.from({ length: 1_500 }, (_, n) => `w${n}`).join(" "), moods)).toEqual([0]);
});

test("moods that name an activity are found, deleted ones where they are asked for", () => {
  const moods = [log(null, "run"), log("run"), log(null, "swim", "run")];
  const run = new Set([moods[0]!.activities[0]!]);
  deleteEntries(entries, [{ entityType: "MoodEntry", id: moods[0]!.id }]);
  const ids = (deleted: boolean) =>
    listRows(entries.db, "MoodEntry", { where: namesActivity(entries.db, run, { deleted }), deleted }).map(
      ({ id }) => id,
    );
  expect(ids(false)).toEqual([moods[2]!.id]);
  expect(ids(true).sort()).toEqual([moods[0]!.id, moods[2]!.id].sort());
});

/** More than a transaction indexes itself. */
const MANY = 101;

test("moods of a large transaction are found, indexed by the first search where the database can be written", () => {
  const { moods } = logMoods(
    entries,
    Array.from({ length: MANY }, (_, n) => ({
      value: 3,
      note: n < 2 ? "by the lake" : "river",
      activities: { labels: n === 1 ? ["lake"] : ["run"] },
    })),
  );
  const run = new Set(moods[2]!.activities);
  const findAll = () => [
    found("lake", moods).length,
    idsFound(entries.db, "MoodEntry", "river", true).length,
    listRows(entries.db, "MoodEntry", { where: namesActivity(entries.db, run) }).length,
    listRows(entries.db, "MoodEntry", { where: not(namesActivity(entries.db, run)) }).length,
  ];
  const indexed = () => entries.db.prepare("select rowid from mood_search('river OR lake')").all().length;
  const all = [2, MANY - 2, MANY - 1, 1];

  deleteEntries(entries, [{ entityType: "MoodEntry", id: log("lake").id }]);
  editEntry(entries, { entityType: "MoodEntry", id: moods[5]!.id }, { note: "the River" });
  store.db.pragma("query_only = on");
  expect([findAll(), indexed()]).toEqual([all, 0]);
  store.db.pragma("query_only = off");
  const other = openDatabase(store.db.name);
  store.db.pragma("busy_timeout = 1");
  transaction(other, () => expect([findAll(), indexed()]).toEqual([all, 0]));
  other.close();
  expect([findAll(), indexed()]).toEqual([all, MANY]);
});

const WORDS = [
  "Café",
  "cafe\u0301s",
  "lake",
  "LAKESIDE",
  "lake-side",
  "run",
  "Ångström",
  "北京",
  "n'uts",
  "x1",
];
interface Step {
  device: number;
  what: "log" | "import" | "edit" | "delete" | "restore" | "undo" | "sync" | "rename" | "merge";
  note: string;
  labels: string[];
  at: number;
}
const text = fc.array(fc.constantFrom(...WORDS), { maxLength: 3 }).map((words) => words.join(" "));
const step = fc.record<Step>({
  device: fc.nat(1),
  what: fc.constantFrom("log", "import", "edit", "delete", "restore", "undo", "sync", "rename", "merge"),
  note: text,
  labels: fc.array(fc.constantFrom("run", "Café", "lake house"), { maxLength: 2 }),
  at: fc.nat(20),
});

function foldedWords(text: string): string[] {
  const folded = text
    .normalize("NFD")
    .replace(/\p{Mn}/gu, "")
    .toLowerCase();
  return folded.match(/[\p{L}\p{N}]+/gu) ?? [];
}

/** The same without an index. */
function scan({ db }: Entries, search: string, deleted: boolean): string[] {
  const labels = activitiesById(db);
  const wanted = foldedWords(search);
  const fits = ({ note, activities }: MoodEntry) => {
    const words = foldedWords([note ?? "", ...activities.map((id) => labels.get(id)?.label ?? "")].join(" "));
    return wanted.every((word) => words.some((one) => one.startsWith(word)));
  };
  return listRows(db, "MoodEntry", { deleted })
    .filter(({ content }) => fits(content as MoodEntry))
    .map(({ id }) => id)
    .sort();
}

test("the index finds what a plain scan finds, whatever was logged, edited, undone, synced and imported", async () => {
  await fc.assert(
    fc.asyncProperty(fc.array(step, { minLength: 5, maxLength: 25 }), text, async (steps, search) => {
      const world = openWorld();
      try {
        for (const taken of steps) await world.take(taken);
        for (const device of world.devices) {
          for (const wanted of [...WORDS, "r", "house lake", search].filter((one) => one !== "")) {
            for (const deleted of [false, true]) {
              expect(idsFound(device.db, "MoodEntry", wanted, deleted)).toEqual(
                scan(device, wanted, deleted),
              );
            }
          }
        }
      } finally {
        world.close();
      }
    }),
    { numRuns: 12 },
  );
});

/** Two devices of one account in this process. */
function openWorld() {
  let nowMs = Date.UTC(2026, 10, 22, 12);
  let nonces = 0;
  const memory = createMemoryStore(() => nowMs);
  const context = {
    store: memory,
    newNonce: () => String(++nonces).padStart(32, "0"),
    pause: async () => {},
  };
  const transport: SyncTransport = {
    async upload(request) {
      const outcome = await upload(context, USER, request);
      if (outcome.status !== "accepted") throw new Error(outcome.status);
      return { status: "ok", response: outcome.response };
    },
    async download(request) {
      const outcome = await download(context, USER, request);
      if (outcome.status !== "page") throw new Error(outcome.status);
      return { status: "ok", response: outcome.response };
    },
  };
  const sessions = [0, 1].map(() => openSyncSession({ nowMs: () => nowMs, transport }));
  const devices = sessions.map(({ db }) => ({
    db,
    get nowMs() {
      return nowMs;
    },
    zone: () => 0,
  }));

  async function take({ device, what, note, labels, at }: Step): Promise<void> {
    nowMs += 1000;
    const entries = devices[device]!;
    const pick = (entityType: EntityType) => {
      const rows = listRows(entries.db, entityType, { deleted: true });
      return rows[at % rows.length];
    };
    const mood = pick("MoodEntry");
    const activity = pick("Activity");
    const fields = { note: note || null, activities: { labels, createSimilar: true } };
    switch (what) {
      case "log":
        return void logMood(entries, { value: 3, ...fields });
      case "import":
        return void logMoods(
          entries,
          Array.from({ length: at % 2 ? 2 : MANY }, (_, n) =>
            n % 2 ? { value: 2, note: "lake" } : { value: 1, ...fields },
          ),
        );
      case "edit":
        return void (mood && editEntry(entries, { entityType: "MoodEntry", id: mood.id }, fields));
      case "delete":
        return void (mood && deleteEntries(entries, [{ entityType: "MoodEntry", id: mood.id }]));
      case "restore":
        return void (mood && restoreEntry(entries, { entityType: "MoodEntry", id: mood.id }));
      case "undo":
        return void toEnd(undoLast(entries));
      case "rename":
        if (activity && note)
          editEntry(entries, { entityType: "Activity", id: activity.id }, { label: note });
        return;
      case "merge": {
        const into = listRows(entries.db, "Activity").map(({ entity }) => entity as Activity)[0];
        return void (activity && into && mergeActivities(entries, { fromId: activity.id, intoId: into.id }));
      }
      case "sync":
        return void (await syncOnce(sessions[device]!.session));
    }
  }

  return {
    devices,
    /** A step that makes no sense at its place is left out. */
    take: (taken: Step) =>
      take(taken).catch((error) => {
        if (!(error instanceof MoodsyncError)) throw error;
      }),
    close() {
      for (const { remove } of sessions) remove();
    },
  };
}
