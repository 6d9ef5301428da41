import { existsSync, readFileSync, statSync } from "node:fs";
import { join } from "node:path";
import { afterEach, beforeEach, describe, expect, test } from "vitest";
import { logMood, logMoods } from "../../../src/entries/log-mood.ts";
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
    await app.waitFor("nothing logged yet today");
    await app.type("4");
    await app.waitFor("Logged mood 4 (good).");
    expect(app.line("Mood")).toContain("4 (good) at 09:30");
    expect(moods()).toMatchObject([
      { value: 4, note: null, activities: [], recorded_at: "2026-11-22T09:30:00.000+01:00" },
    ]);
  });

  test("adds a note to the mood that was just logged, and never shows it again", async () => {
    const app = device.open("tui");
    await app.type("2", "n", "long day", KEYS.enter);
    const screen = await app.waitFor("The note is stored.");
    expect(screen).not.toContain("long day");
    expect(moods()).toMatchObject([{ value: 2, note: "long day" }]);
  });

  test("refuses a note that is too long with the sentence of the command line, and keeps what was typed", async () => {
    const app = device.open("tui");
    await app.type("3", "n");
    await app.paste("x".repeat(10_001));
    await app.type(KEYS.enter);
    await app.waitFor("The note must have at most 10,000 characters.");
    await app.type(KEYS.backspace, KEYS.enter);
    await app.waitFor("The note is stored.");
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
    await next.waitFor("The note is stored.");
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
    const asked = await app.waitFor("Discard the note that you typed?");
    expect(asked).toMatch(/ y yes · n no$/);
    await app.type("n", "s", KEYS.escape);
    await app.waitFor("half a notes");
    await app.type("y");
    await app.waitFor(/q quit$/);
    expect(existsSync(join(device.home.stateDir, "note-drafts.json"))).toBe(false);
    expect(moods()).toMatchObject([{ note: null }]);
    await app.type("n", KEYS.escape);
    expect(app.screen.text()).not.toContain("Discard");
  });

  test("names the keys of the field that is open, where a letter is a letter", async () => {
    const app = device.open("tui");
    await app.type("4", "n", "q", "u");
    expect(await app.waitFor("› Note")).toMatch(/qu\n[\s\S]* Enter store · Esc cancel$/);
    await app.type(KEYS.enter);
    expect(await app.waitFor("The note is stored.")).toMatch(/1-5 log · n note · u undo · q quit$/);
  });

  test("shows a message until the next key that does something", async () => {
    const app = device.open("tui");
    await app.type("4");
    await app.waitFor("Logged mood 4 (good).");
    await app.type("n");
    await app.waitFor("› Note");
    expect(app.screen.text()).not.toContain("Logged mood");
  });

  test("takes back what was logged", async () => {
    const app = device.open("tui");
    await app.type("1", "u");
    await app.waitFor("Took back: mood ");
    expect(app.line("Mood")).toContain("nothing logged yet today");
    expect(moods()).toEqual([]);
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
    await app.waitFor("nothing logged yet today");
    const other = openDatabase(databaseFile(device.home));
    const entries = { db: other, nowMs: device.nowAtMs, zone: () => 60 };
    logMood(entries, { value: 5, recorded_at: "2026-11-22T08:00:00.000+01:00" });
    other.close();
    await app.waitFor("5 (great) at 08:00");
  });

  test("counts only what belongs to this day of the calendar", async () => {
    const entries = { db: device.db, nowMs: device.nowAtMs, zone: () => 60 };
    logMoods(entries, [
      { value: 1, recorded_at: "2026-11-22T03:59:00.000+01:00" },
      { value: 2, recorded_at: "2026-11-22T04:00:00.000+01:00" },
    ]);
    const app = device.open("tui");
    await app.waitFor("2 (bad) at 04:00");
    expect(app.line("Mood")).not.toContain("awful");
  });

  test("says why nothing could be stored, and goes on", async () => {
    device.db.pragma("query_only = on");
    const app = device.open("tui");
    await app.type("4");
    await app.waitFor("The database cannot be written");
    device.db.pragma("query_only = off");
    await app.type("4");
    await app.waitFor("Logged mood 4 (good).");
  });
});
