import { afterEach, beforeEach, expect, test } from "vitest";
import { deleteEntries } from "../../../src/entries/delete-entries.ts";
import type { Entries } from "../../../src/entries/entries.ts";
import { logMoods } from "../../../src/entries/log-mood.ts";
import { firstMoodDay, moodDays } from "../../../src/local/queries/mood-days.ts";
import { openTemporaryEntries } from "../../helpers/device/open-entries.ts";

let entries: Entries;
let remove: () => void;
beforeEach(() => {
  ({ entries, remove } = openTemporaryEntries());
});
afterEach(() => remove());

const FOUR = 4 * 3_600_000;
const dayOf = (text: string) => Date.parse(`${text}T00:00:00Z`) / 86_400_000;
const log = (value: number, recorded_at: string, labels: string[] = []) =>
  logMoods(entries, [{ value, recorded_at, activities: { labels } }]).moods[0]!;

test("a day begins at its hour by the clock of the place, before 1970 as well", () => {
  log(1, "2026-11-21T03:59:59.999+09:00");
  log(2, "2026-11-21T04:00:00.000+09:00");
  log(3, "2026-11-21T23:30:00.000-11:00");
  log(5, "1950-06-01T03:59:00.000Z");
  const days = moodDays(entries.db, { from: null, to: null, dayStartMs: FOUR });
  expect(days.map(({ day, counts }) => [day, counts])).toEqual([
    [dayOf("1950-05-31"), [0, 0, 0, 0, 1]],
    [dayOf("2026-11-20"), [1, 0, 0, 0, 0]],
    [dayOf("2026-11-21"), [0, 1, 1, 0, 0]],
  ]);
  expect(firstMoodDay(entries.db, FOUR)).toBe(dayOf("1950-05-31"));
});

test("only the days that were asked for come, and of deleted moods none", () => {
  for (const date of ["2026-11-19", "2026-11-20", "2026-11-21"]) log(3, `${date}T23:30:00.000-11:00`);
  const gone = log(1, "2026-11-20T12:00:00.000Z");
  deleteEntries(entries, [{ entityType: "MoodEntry", id: gone.id }]);
  const day = dayOf("2026-11-20");
  expect(moodDays(entries.db, { from: day, to: day, dayStartMs: 0 })).toEqual([
    { day, counts: [0, 0, 1, 0, 0], activities: [] },
  ]);
});

test("a day names each of its activities once", () => {
  log(3, "2026-11-20T10:00:00.000Z", ["run", "work"]);
  log(4, "2026-11-20T12:00:00.000Z", ["run"]);
  const asked = { from: null, to: null, dayStartMs: 0 };
  expect(moodDays(entries.db, asked, { activities: true })[0]!.activities).toHaveLength(2);
  expect(moodDays(entries.db, asked)[0]!.activities).toEqual([]);
});

test("nothing logged has no first day", () => {
  expect(firstMoodDay(entries.db, FOUR)).toBeNull();
});
