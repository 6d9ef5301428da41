import { existsSync, readFileSync, statSync } from "node:fs";
import { join } from "node:path";
import { afterEach, beforeEach, describe, expect, test } from "vitest";
import { logMood, logMoods } from "../../../src/entries/log-mood.ts";
import { addSchedule } from "../../../src/entries/schedules.ts";
import { listRows } from "../../../src/local/queries/list-rows.ts";
import { openDatabase } from "../../../src/local/storage/database.ts";
import { databaseFile } from "../../../src/local/storage/home.ts";
import { KEYS } from "../../helpers/terminal/test-terminal.ts";
import { createTuiDevice, type TuiDevice } from "../../helpers/terminal/tui-device.ts";

let device: TuiDevice;
beforeEach(() => {
  device = createTuiDevice();
});
afterEach(() => device.remove());

const moods = () => listRows(device.db, "MoodEntry").map((row) => row.entity);

describe("the view Today", () => {
  test("logs a mood with one key, at the time and place of this moment", async () => {
    const app = device.open("tui");
    await app.waitFor("Hello. This keeps how you are");
    await app.type("4");
    await app.waitFor("logged, 09:30 · stored; add to it, or press Enter");
    expect(moods()).toMatchObject([
      { value: 4, note: null, activities: [], recorded_at: "2026-11-22T09:30:00.000+01:00" },
    ]);
    await app.type(KEYS.enter);
    await app.waitFor("Logged mood 4 (good).");
    expect(app.line("09:30  ▆")).toBe("  09:30  ▆ 4 good");
  });

  test("adds activities by their letters and a note, all as one change", async () => {
    const app = device.open("tui");
    await app.type("4", "w", "f", "n", "felt light", KEYS.enter);
    await app.waitFor("Logged mood 4 (good).");
    expect(device.loggedEntries).toEqual([{ entityType: "MoodEntry", id: moods()[0]!.id }]);
    expect(app.line("09:30  ▆")).toBe("  09:30  ▆ 4 good   work, friends  ≡ note");
    expect(app.screen.text()).not.toContain("felt light");
    expect(moods()).toMatchObject([
      { note: "felt light", activities: [expect.any(String), expect.any(String)] },
    ]);
    await app.type("u");
    await app.waitFor("Took back");
    expect(moods()).toMatchObject([{ note: null, activities: [] }]);
  });

  test("takes a new activity, one by the arrows, and one that is looked for", async () => {
    logMood(
      { db: device.db, nowMs: device.nowAtMs, zone: () => 60 },
      { value: 3, activities: { labels: ["run", "late night", "sea"] } },
    );
    const app = device.open("tui");
    await app.type("5", "+", "tea", KEYS.enter, KEYS.right, " ", "/", "sea", KEYS.enter, KEYS.enter);
    await app.waitFor("Logged mood 5 (great).");
    expect(app.line("5 great   ")).toContain("tea, late night, sea");
  });

  test("takes all of a new mood back with u", async () => {
    const app = device.open("tui");
    await app.type("1", "w", "u");
    await app.waitFor("Took back: mood 1 (awful).");
    expect(moods()).toEqual([]);
  });

  test("asks before Escape leaves what was taken, and q and Tab store it", async () => {
    const app = device.open("tui");
    await app.type("4", "w", KEYS.escape);
    await app.waitFor("Leave without what you have added to the mood? y yes n no");
    await app.type("y");
    await app.waitFor("nothing");
    expect(moods()).toMatchObject([{ activities: [] }]);
    await app.type("a", "w", KEYS.tab);
    await app.waitFor("1 entry");
    expect(moods()).toMatchObject([{ activities: [expect.any(String)] }]);
    await app.type(KEYS.backTab, "3", "w", "q");
    expect(await app.ended).toBe("quit");
    expect(moods()).toContainEqual(expect.objectContaining({ value: 3, activities: [expect.any(String)] }));
  });

  test("refuses a note that is too long with the sentence of the command line, and keeps what was typed", async () => {
    const app = device.open("tui");
    await app.type("3", "n");
    await app.paste("x".repeat(10_001));
    await app.type(KEYS.enter);
    await app.waitFor("The note must have at most 10,000 characters.");
    await app.type(KEYS.backspace, KEYS.enter);
    await app.waitFor("Logged mood 3 (meh).");
    expect(moods()[0]).toMatchObject({ note: "x".repeat(10_000) });
  });

  test("keeps a note that is being typed on disk for its owner alone, and offers it the next time", async () => {
    const app = device.open("tui");
    await app.type("4", "n", "half ", "a note");
    await app.waitFor("half a note");
    const file = join(device.home.stateDir, "note-drafts.json");
    expect(readFileSync(file, "utf8")).toContain("half a note");
    expect(statSync(file).mode & 0o777).toBe(0o600);
    await app.type(KEYS.interrupt);
    await app.ended;
    const next = device.open("tui");
    const offer = await next.waitFor(
      "The note to mood 4 (good) of Sun 22 Nov 09:30 was typed and not stored.",
    );
    expect(offer).not.toContain("half a note");
    await next.type("n", ", whole now", KEYS.enter);
    await next.waitFor("It is stored.");
    expect(moods()).toMatchObject([{ note: "half a note, whole now" }]);
    expect(existsSync(file)).toBe(false);
  });

  test("keeps a note also when a signal ends the app", async () => {
    const app = device.open("tui");
    await app.type("4", "n", "half a note");
    await app.waitFor("half a note");
    app.signal("SIGTERM");
    expect(await app.ended).toBe("SIGTERM");
    await device.open("tui").waitFor("was typed and not stored");
  });

  test("asks before Escape discards a note, and then forgets it", async () => {
    const app = device.open("tui");
    await app.type("4", "n", "half a note", KEYS.escape);
    await app.waitFor("Discard the note that you typed? y yes n no");
    await app.type("n", "s", KEYS.escape);
    await app.waitFor("half a notes");
    await app.type("y");
    await app.waitFor("u take back");
    expect(existsSync(join(device.home.stateDir, "note-drafts.json"))).toBe(false);
    await app.type("n", KEYS.escape, KEYS.enter);
    await app.waitFor("Logged mood 4 (good).");
    expect(moods()).toMatchObject([{ note: null }]);
  });

  test("names the keys of the field that is open, where a letter is a letter", async () => {
    const app = device.open("tui");
    await app.type("4", "n", "q", "u");
    expect(await app.waitFor("▌ qu")).toMatch(/ Enter store, done {3}Tab to the activities {3}Esc discard$/);
    await app.type(KEYS.enter);
    expect(await app.waitFor("Logged mood")).toMatch(
      / \? keys {2}1–5 log {2}n note {2}a activities {2}d check in {2}u undo {2}Tab view {2}q quit$/,
    );
  });

  test("shows a message until the next key that does something", async () => {
    const app = device.open("tui");
    await app.type("4", KEYS.enter);
    await app.waitFor("Logged mood 4 (good).");
    await app.type("a");
    await app.waitFor("What was part of it?");
    expect(app.screen.text()).not.toContain("Logged mood");
  });

  test("takes a pasted digit for no key", async () => {
    const app = device.open("tui");
    await app.paste("5");
    await app.type("n");
    await app.waitFor("Log a mood first");
    expect(moods()).toEqual([]);
  });

  test("shows what another process logs", async () => {
    const app = device.open("tui");
    await app.waitFor("Hello.");
    const other = openDatabase(databaseFile(device.home));
    const entries = { db: other, nowMs: device.nowAtMs, zone: () => 60 };
    logMood(entries, { value: 5, recorded_at: "2026-11-22T08:00:00.000+01:00" });
    other.close();
    await app.waitFor("08:00 █ 5 great");
  });

  test("counts only what belongs to this day of the calendar", async () => {
    const entries = { db: device.db, nowMs: device.nowAtMs, zone: () => 60 };
    logMoods(entries, [
      { value: 1, recorded_at: "2026-11-22T03:59:00.000+01:00" },
      { value: 2, recorded_at: "2026-11-22T04:00:00.000+01:00" },
    ]);
    const app = device.open("tui");
    await app.waitFor("04:00 ▂ 2 bad");
    expect(app.screen.text()).not.toContain("03:59");
  });

  test("says why nothing could be stored, and goes on", async () => {
    device.db.pragma("query_only = on");
    const app = device.open("tui");
    await app.type("4");
    await app.waitFor("The database cannot be written");
    device.db.pragma("query_only = off");
    await app.type("4");
    await app.waitFor("stored; add to it");
  });
});

describe("every view", () => {
  test("has its keys behind ?, and the support lines behind H, until Escape", async () => {
    const app = device.open("tui");
    await app.type("?");
    await app.waitFor("Shift-Tab back");
    await app.type("4", KEYS.escape);
    await app.waitFor("How are you?");
    expect(moods()).toEqual([]);
    await app.type(KEYS.tab, "H");
    await app.waitFor("Samaritans, call 116 123");
    await app.type(KEYS.escape);
    await app.waitFor("Nothing yet. 1 to 5 in Today begins.");
  });
});

test.each([112, 116])("shows the whole month beside the day at %i columns", async (columns) => {
  logMoods({ db: device.db, nowMs: device.nowAtMs, zone: () => 60 }, [{ value: 3 }]);
  const app = device.open("tui", { columns, rows: 24 });
  expect(await app.waitFor("November 2026")).toMatch(/Mo +Tu +We +Th +Fr +Sa +Su\n/);
});

const UUID = /[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}/g;

/** The screens of the first minutes, as they look. */
test.each([
  [60, 20],
  [80, 24],
  [120, 40],
])("looks as it did at %i × %i", async (columns, rows) => {
  const entries = { db: device.db, nowMs: device.nowAtMs, zone: () => 60 };
  const app = device.open("tui", { columns, rows });
  const shown = [await app.waitFor("q quit")];
  const at = (day: number, clock: string) => `2026-11-${day}T${clock}:00.000+01:00`;
  logMoods(entries, [
    ...[16, 17, 18, 20, 21].map((day, index) => ({ value: index + 1, recorded_at: at(day, "20:00") })),
    { value: 3, recorded_at: at(22, "07:05"), activities: { labels: ["work", "late night"] }, note: "n" },
  ]);
  addSchedule(entries, {
    assessment_type: "PHQ-9",
    frequency: "Biweekly",
    next_due_at: at(21, "12:00"),
  });
  await app.type(KEYS.tab, KEYS.backTab);
  shown.push(await app.waitFor("a activities"));
  await app.type("4", "w");
  shown.push(await app.waitFor("w ✓ work"));
  await app.type(KEYS.escape, "y", KEYS.tab);
  shown.push(await app.waitFor("7 entries"));
  await app.type("?");
  shown.push(await app.waitFor("Esc back"));
  const text = shown.join("\n\n").replaceAll(UUID, "0".repeat(36));
  await expect(text).toMatchFileSnapshot(`golden/screens-${columns}.txt`);
});
