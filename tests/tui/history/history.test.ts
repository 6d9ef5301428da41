import { afterEach, beforeEach, describe, expect, test } from "vitest";
import type { MoodEntry } from "../../../src/domain/entities/mood-entry.ts";
import { addActivity } from "../../../src/entries/activities.ts";
import { deleteEntries } from "../../../src/entries/delete-entries.ts";
import { editEntry } from "../../../src/entries/edit-entry.ts";
import { logAssessment } from "../../../src/entries/log-assessment.ts";
import { logMoods } from "../../../src/entries/log-mood.ts";
import { listRows } from "../../../src/local/queries/list-rows.ts";
import { openDatabase } from "../../../src/local/storage/database.ts";
import { databaseFile } from "../../../src/local/storage/home.ts";
import { listHistory } from "../../../src/local/versions/history.ts";
import { readRow } from "../../../src/local/versions/rows.ts";
import { KEYS } from "../../helpers/terminal/test-terminal.ts";
import { createTuiDevice, type OpenApp, type TuiDevice } from "../../helpers/terminal/tui-device.ts";

let device: TuiDevice;
beforeEach(() => {
  device = createTuiDevice();
  ids = [];
});
afterEach(() => device.remove());

/** The moods that were logged, oldest first. */
let ids: string[];

/** Logs moods of the next hours of the day before, so that the one with the highest index is the newest. */
function log(count: number, fields: { note?: string; activities?: string[] } = {}, db = device.db): void {
  const moods = Array.from({ length: count }, (_, index) => {
    const hour = String(ids.length + index).padStart(2, "0");
    return { value: 3, recorded_at: `2026-11-21T${hour}:00:00.000+01:00`, ...fields };
  });
  const logged = logMoods({ db, nowMs: device.nowAtMs, zone }, moods);
  ids.push(...logged.moods.map(({ id }) => id));
}

const zone = () => 60;

function add(label: string): string {
  return addActivity({ db: device.db, nowMs: device.nowAtMs, zone }, { label }).id;
}

async function openHistory(): Promise<OpenApp> {
  const app = device.open("tui", { columns: 60, rows: 20 });
  await app.waitFor("How are you?");
  await app.type(KEYS.tab);
  await app.waitFor(/entr(y|ies)\n/);
  return app;
}

const mood = (index: number) => readRow(device.db, "MoodEntry", ids[index]!)!.entity as MoodEntry | null;

describe("the view History", () => {
  test("says it when what is open is changed elsewhere, and says nothing of an edit here", async () => {
    log(1);
    const app = await openHistory();
    await app.type("e", KEYS.enter, "4", KEYS.enter);
    await app.waitFor("Earlier versions stay in its history.");
    device.nowAtMs += 1_000;
    const other = openDatabase(databaseFile(device.home));
    editEntry(
      { db: other, nowMs: device.nowAtMs, zone },
      { entityType: "MoodEntry", id: ids[0]! },
      { value: 1 },
    );
    other.close();
    await app.waitFor("This entry was changed elsewhere a moment ago; both versions are in its history.");
    await app.waitFor("1 (awful)");
  });

  test("lists newest first without notes, and scrolls to the oldest", async () => {
    log(24, { note: "private words" });
    const app = await openHistory();
    expect(app.line("▌")).toMatch(/Sat 21 Nov {2}23:00 {2}▄ 3 meh {3}≡/);
    expect(app.screen.text()).not.toContain("private");
    expect(app.screen.text()).not.toContain("00:00");
    await app.type(KEYS.end);
    await app.waitFor(/▌ +00:00/);
  });

  test("finds words of notes and activities without regard to case, while they are typed", async () => {
    log(1, { note: "By the SEA" });
    log(1, { activities: [add("Rowing")] });
    log(1);
    const app = await openHistory();
    await app.type("/", "sea");
    await app.waitFor("1 entry / sea");
    await app.waitFor(/▌Fri 20 Nov {2}00:00/);
    await app.type(KEYS.clearLine, "rowing", KEYS.enter);
    await app.waitFor("1 entry / rowing");
    await app.waitFor(/▌Fri 20 Nov {2}01:00/);
    await app.type(KEYS.escape);
    await app.waitFor(" 3 entries");
  });

  test("shows one entry with its note, written so that it cannot steer the terminal", async () => {
    log(1, { note: "first line\n\u001b[2Jsecond\u202e" });
    const app = await openHistory();
    await app.type(KEYS.enter);
    await app.waitFor("note 3 words, v shows");
    await app.type("v");
    await app.waitFor("\\u001b[2Jsecond\\u202e");
    await app.type(KEYS.escape);
    await app.waitFor("1 entry");
  });

  test("edits a mood field by field, with the sentences of the command line", async () => {
    log(1, { note: "before" });
    const app = await openHistory();
    await app.type("e");
    await app.waitFor("When ");
    await app.type(KEYS.enter, KEYS.clearLine, "9", KEYS.enter);
    await app.waitFor("The mood must be a whole number from 1 to 5.");
    expect(mood(0)!.value).toBe(3);
    await app.type(KEYS.clearLine, "great", KEYS.tab);
    await app.waitFor("Changed.");
    await app.type(KEYS.enter, KEYS.clearLine, KEYS.enter);
    await app.waitFor(/Note +none/);
    await app.type(KEYS.down, KEYS.down, KEYS.enter, KEYS.clearLine, "2031-01-01", KEYS.enter);
    await app.waitFor(/future/);
    await app.type(KEYS.clearLine, "2026-11-20 07:15", KEYS.enter);
    await app.waitFor(/When +Fri 20 Nov 07:15/);
    expect(mood(0)).toMatchObject({ value: 5, note: null, recorded_at: "2026-11-20T07:15:00.000+01:00" });
  });

  test("replaces the one digit of a mood by the next", async () => {
    log(1);
    const app = await openHistory();
    await app.type("e");
    await app.waitFor("When ");
    await app.type(KEYS.enter, "4", "5", KEYS.enter);
    await app.waitFor(/Mood +5 \(great\)/);
    expect(mood(0)!.value).toBe(5);
    await app.type(KEYS.enter, "bad", KEYS.enter);
    await app.waitFor(/Mood +2 \(bad\)/);
  });

  test("cuts no value and no score because another row is long", async () => {
    log(1);
    const entries = { db: device.db, nowMs: device.nowAtMs, zone };
    const taken_at = "2026-11-21T08:00:00.000+01:00";
    logAssessment(entries, { assessment_type: "PHQ-9", answers: [1, 1, 1, 1, 1, 1, 1, 1, null], taken_at });
    const own = "A questionnaire of my own with a long name";
    logAssessment(entries, { assessment_type: own, score: 123, taken_at });
    await device.open("tui", { columns: 60, rows: 20 });
    const app = await openHistory();
    const screen = await app.waitFor("3 entries");
    expect(screen).toMatch(/ 8 {2}PHQ-9 mild/);
    expect(screen).toMatch(/123 A questionnaire of my/);
    expect(screen).toContain("3 meh");
  });

  test("makes no version of an edit that changes nothing", async () => {
    log(1, { note: "as it was", activities: [add("run"), add("work")] });
    const before = mood(0);
    const app = await openHistory();
    await app.type("e");
    await app.waitFor("When ");
    await app.type(KEYS.enter, "3", KEYS.enter);
    await app.type(KEYS.down, KEYS.down, KEYS.down, KEYS.enter, KEYS.clearLine);
    await app.type("2026-11-21 00:00", KEYS.enter);
    await app.waitFor("Nothing changed.");
    // Taken out and put back in: the same activities in another order.
    await app.type(KEYS.up, KEYS.enter, " ", " ", KEYS.down, KEYS.enter);
    await app.waitFor("Nothing changed.");
    expect(mood(0)).toEqual(before);
    expect(listHistory(device.db, "MoodEntry", ids[0]!)).toEqual([]);
  });

  test("finds what the options of list find, typed among the words", async () => {
    log(1, { activities: [add("late night")] });
    log(1, { note: "late" });
    const app = await openHistory();
    await app.type("/", 'activity:"late night" mood:3', KEYS.enter);
    await app.waitFor("1 entry / activity");
    await app.waitFor(/▌Fri 20 Nov {2}00:00/);
    await app.type("/", KEYS.clearLine, "mood:1-2");
    await app.waitFor('Nothing matches "mood:1-2". Esc ends the search.');
    await app.type(KEYS.clearLine, "mood:9");
    await app.waitFor("! ");
    await app.type(KEYS.escape);
    await app.waitFor("2 entries");
  });

  test("marks several, and deletes them after a question", async () => {
    log(3);
    const app = await openHistory();
    await app.type(" ", " ");
    await app.waitFor("3 entries, 2 marked");
    await app.type("d");
    await app.waitFor("Delete the 2 marked entries? y yes n no");
    await app.type("n", "d", "y");
    await app.waitFor("Deleted 2 entries.");
    expect(listRows(device.db, "MoodEntry")).toHaveLength(1);
    await app.type("u");
    await app.waitFor("3 entries");
  });

  test("takes and leaves activities", async () => {
    log(1);
    add("run");
    add("swim");
    const app = await openHistory();
    await app.type("e", KEYS.down, KEYS.down, KEYS.enter);
    await app.waitFor("[ ] swim");
    await app.type(KEYS.down, " ", KEYS.enter);
    await app.waitFor(/Activities +swim/);
    await app.type(KEYS.enter, KEYS.down, " ", KEYS.escape);
    await app.waitFor(/Activities +swim/);
    expect(mood(0)!.activities).toHaveLength(1);
  });

  test("deletes and brings back", async () => {
    log(2);
    const app = await openHistory();
    await app.type("d");
    await app.waitFor("Deleted mood 3 (meh) · Sat 21 Nov 01:00.");
    expect(mood(1)).toBeNull();
    await app.type("u");
    await app.waitFor("Took back: the deletion of ");
    expect(mood(1)).toMatchObject({ value: 3 });
    expect(listRows(device.db, "MoodEntry")).toHaveLength(2);
  });

  test("says how many come back together, a result among them", async () => {
    log(3);
    const answers = [0, 0, 0, 0, 0, 0, 0];
    logAssessment({ db: device.db, nowMs: device.nowAtMs, zone }, { assessment_type: "gad7", answers });
    const app = await openHistory();
    await app.type(" ", " ", " ", "d", "y");
    await app.waitFor("Deleted 3 entries.");
    await app.type("u");
    await app.waitFor(/Took back: the deletion of mood 3 \(meh\) · Sat 21 Nov\s+0[12]:00, and 2 more/);
  });

  test("shows the safety notice before a result that comes back and calls for it", async () => {
    const answers = [0, 0, 0, 0, 0, 0, 0, 0, 1];
    logAssessment({ db: device.db, nowMs: device.nowAtMs, zone }, { assessment_type: "phq9", answers });
    const app = await openHistory();
    await app.type("d");
    await app.waitFor("Deleted PHQ-9 1");
    await app.type("u");
    await app.waitFor("You noted thoughts of being better off dead or of hurting yourself.");
    await app.waitFor("Support lines: moodsync help-now");
  });

  test("stays on its entry when another process adds one before it", async () => {
    log(2);
    const app = await openHistory();
    await app.type(KEYS.down, "e");
    await app.waitFor("When ");
    const other = openDatabase(databaseFile(device.home));
    log(3, {}, other);
    other.close();
    await app.waitFor("When ");
    await new Promise((resolve) => setTimeout(resolve, 1_200)); // until the change was noticed
    await app.type(KEYS.enter, KEYS.clearLine, "1", KEYS.enter);
    await app.waitFor("Changed.");
    expect([0, 1, 2, 3, 4].map((index) => mood(index)!.value)).toEqual([1, 3, 3, 3, 3]);
  });

  test("says so when the entry was deleted meanwhile, and stores nothing", async () => {
    log(1);
    const app = await openHistory();
    await app.type("e", KEYS.enter, KEYS.clearLine, "5");
    const entries = { db: device.db, nowMs: device.nowAtMs, zone };
    deleteEntries(entries, [{ entityType: "MoodEntry", id: ids[0]! }]);
    await app.type(KEYS.enter);
    await app.waitFor("That entry has been deleted in the meantime.");
    expect(mood(0)).toBeNull();
  });
});
